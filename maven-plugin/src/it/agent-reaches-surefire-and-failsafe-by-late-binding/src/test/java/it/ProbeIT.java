package it;

import org.junit.jupiter.api.Test;

/** Trains nothing: tells what its JVM was given. */
class ProbeIT {

    @Test
    void tells_what_its_jvm_was_given() {
        System.out.println("ProbeIT: agent " + isThere("io.gradiometer.agent.GradiometerAgent")
                + ", marker " + System.getProperty("marker")
                + ", failOn " + System.getProperty("gradiometer.failOn")
                + ", jvm " + ProcessHandle.current().pid()
                + ", session " + System.getProperty("gradiometer.session") + ";");
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
