package it;

import org.junit.Test;

public class SickTest {

    @Test
    public void trains() {
        Tiny.train(Double.NaN);
    }
}
