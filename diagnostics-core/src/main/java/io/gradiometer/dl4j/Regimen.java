package io.gradiometer.dl4j;

/**
 * A training that can be repeated.
 *
 * @param network that is to learn
 * @param data in which form it is given its data
 * @param length in examples seen, relative to the training that was diagnosed
 */
record Regimen(Blueprint network, DataPlan data, double length) {

    static Regimen asItWas(Blueprint network) {
        return new Regimen(network, DataPlan.AS_IT_IS, 1);
    }

    Regimen copy() {
        return new Regimen(network.copy(), data, length);
    }

    Regimen with(Blueprint changed) {
        return new Regimen(changed, data, length);
    }

    Regimen with(DataPlan changed) {
        return new Regimen(network, changed, length);
    }

    Regimen forLength(double changed) {
        return new Regimen(network, data, changed);
    }
}
