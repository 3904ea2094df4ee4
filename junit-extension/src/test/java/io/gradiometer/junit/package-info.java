/** Tests that run tests: fixtures named {@code …TestCase} go through JUnit's own test kit. */
@NullMarked
package io.gradiometer.junit;

import org.jspecify.annotations.NullMarked;
