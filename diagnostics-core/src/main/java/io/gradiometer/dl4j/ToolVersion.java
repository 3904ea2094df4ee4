package io.gradiometer.dl4j;

/** Our version, as the manifest states it. */
final class ToolVersion {

    private ToolVersion() {}

    static String get() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
