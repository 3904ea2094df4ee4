package it;

import org.junit.jupiter.api.Test;

public class SickTest {

    @Test
    public void trains() {
        Tiny.train(Double.NaN);
    }
}
