package io.gradiometer.benchmarks;

import java.util.Collection;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.StorageMetaData;

/**
 * Throws away what {@code StatsListener} reports, so that only its measuring is counted.
 *
 * <p>Every real storage costs more: in memory its reports pile up without bound, and the collector copies them.
 */
final class DiscardingRouter implements StatsStorageRouter {

    @Override
    public void putStorageMetaData(StorageMetaData metaData) {}

    @Override
    public void putStorageMetaData(Collection<? extends StorageMetaData> metaData) {}

    @Override
    public void putStaticInfo(Persistable info) {}

    @Override
    public void putStaticInfo(Collection<? extends Persistable> info) {}

    @Override
    public void putUpdate(Persistable update) {}

    @Override
    public void putUpdate(Collection<? extends Persistable> updates) {}
}
