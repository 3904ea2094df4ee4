package it;

import org.junit.BeforeClass;
import org.junit.Test;

public class OldStyleTest {

    @BeforeClass
    public static void prepare() {
        Tiny.train(1);
    }

    @Test
    public void trains() {
        Tiny.train(1);
    }

    @Test
    public void trainsTwice() {
        Tiny.train(1);
        Tiny.train(1);
    }
}
