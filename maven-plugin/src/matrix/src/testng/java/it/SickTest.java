package it;

import org.testng.annotations.Test;

public class SickTest {

    @Test
    public void trains() {
        Tiny.train(Double.NaN);
    }
}
