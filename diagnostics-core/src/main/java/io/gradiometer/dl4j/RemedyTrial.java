package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Proof;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Tries the remedies of a diagnosis, on untrained twins of the network, and says what each of them does.
 *
 * <pre>{@code
 * Diagnosis diagnosis = listener.diagnosis();
 * Diagnosis proven = RemedyTrial.of(network, diagnosis, training, heldOut).run();
 * }</pre>
 *
 * <p>Every training sees as many examples as the diagnosed one did, and is judged on held-out examples in one metric. What chooses
 * between remedies and what confirms them comes from different seeds; a training without any change and blind changes (plain
 * descent, Adam, a learning rate that is drawn) run beside.
 *
 * <p><strong>Contract.</strong> The network, the data and the calling thread's random state stay what they are, bit for bit; an
 * iterator is reset before and after. Works on a thread of its own, and the caller waits. Nothing is recorded as a run. The same
 * arguments give the same proofs. What goes wrong, on a bad model, bad data or in a candidate's training, throws nothing: the
 * diagnosis comes back, and its proofs say why they are missing. {@link #stop()} may be called by any thread.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class RemedyTrial {

    /** Two candidates with five seeds each, beside all controls, and what it takes to choose them. */
    public static final double DEFAULT_BUDGET = 35;

    private static final int FEWEST_EXAMPLES = 20;

    private final Model model;
    private final Diagnosis diagnosis;
    private final Supplier<List<MultiDataSet>> training;
    private final Supplier<List<MultiDataSet>> heldOut;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private double budget = DEFAULT_BUDGET;
    private long seed;
    private Consumer<Progress> listener = progress -> {};

    private RemedyTrial(
            Model model,
            Diagnosis diagnosis,
            Supplier<List<MultiDataSet>> training,
            Supplier<List<MultiDataSet>> heldOut) {
        this.model = model;
        this.diagnosis = diagnosis;
        this.training = training;
        this.heldOut = heldOut;
        this.seed = diagnosis.run().seed();
    }

    /**
     * How far a trial is.
     *
     * @param done in lengths of the diagnosed training
     * @param expected in all, as far as is known
     * @param now what is being trained: a remedy's id or the name of a control
     */
    public record Progress(double done, double expected, String now) {}

    /**
     * What a trial will cost, and what it can tell for that.
     *
     * @param trainings in lengths of the diagnosed training; a longer training that is proposed may add to them, up to the budget
     * @param iterations the same in iterations
     * @param candidates remedies that can be tried
     * @param confirmed of those, how many the budget confirms
     */
    public record Estimate(double trainings, long iterations, int candidates, int confirmed) {

        @Override
        public String toString() {
            return candidates + (candidates == 1 ? " remedy" : " remedies") + " to try, of which " + confirmed
                    + " can be confirmed, in " + Numbers.format(trainings) + " times the diagnosed training ("
                    + iterations + " iterations)";
        }
    }

    /** Starts a trial on the batches that a network was trained on, in their order, and on others that it has not seen. */
    public static RemedyTrial of(Model model, Diagnosis diagnosis, List<DataSet> training, List<DataSet> heldOut) {
        return new RemedyTrial(
                model,
                diagnosis,
                () -> frozen(training.iterator(), DataSet::toMultiDataSet),
                () -> frozen(heldOut.iterator(), DataSet::toMultiDataSet));
    }

    /** Starts a trial on what iterators give. */
    public static RemedyTrial of(Model model, Diagnosis diagnosis, DataSetIterator training, DataSetIterator heldOut) {
        return new RemedyTrial(model, diagnosis, () -> frozen(training), () -> frozen(heldOut));
    }

    /** Starts a trial on what iterators give, for graphs of several inputs or outputs. */
    public static RemedyTrial of(
            Model model, Diagnosis diagnosis, MultiDataSetIterator training, MultiDataSetIterator heldOut) {
        return new RemedyTrial(model, diagnosis, () -> frozen(training), () -> frozen(heldOut));
    }

    static RemedyTrial ofBatches(
            Model model, Diagnosis diagnosis, List<MultiDataSet> training, List<MultiDataSet> heldOut) {
        return new RemedyTrial(
                model,
                diagnosis,
                () -> frozen(training.iterator(), batch -> batch),
                () -> frozen(heldOut.iterator(), batch -> batch));
    }

    /** Sets what may be spent, in lengths of the diagnosed training; {@link #DEFAULT_BUDGET} if it is not set. */
    public RemedyTrial budget(double trainings) {
        if (!(trainings >= 0)) {
            throw new IllegalArgumentException("a budget is a number of trainings, not " + trainings);
        }
        budget = trainings;
        return this;
    }

    /** Sets the number from which all seeds are made; that of the network if it is not set. */
    public RemedyTrial seed(long number) {
        seed = number;
        return this;
    }

    /** Sets who is told before each training, on the trial's thread. */
    public RemedyTrial onProgress(Consumer<Progress> told) {
        listener = told;
        return this;
    }

    /** Ends the trial in its present iteration. What was proven until then stays proven. */
    public void stop() {
        stopped.set(true);
    }

    /**
     * Says what {@link #run()} will cost.
     *
     * @throws IllegalArgumentException if nothing can be tried, saying why
     */
    public Estimate estimate() {
        return OwnThread.compute(() -> {
            Trial trial = prepared();
            TrialPlan plan = trial.plan();
            return new Estimate(
                    plan.cost(),
                    Math.round(plan.cost() * diagnosis.run().iterations()),
                    trial.candidates(),
                    plan.confirmed());
        });
    }

    /** Returns the diagnosis with proofs, in each finding what was seen to work first. */
    public Diagnosis run() {
        if (diagnosis.open().isEmpty()) {
            return diagnosis;
        }
        try {
            return OwnThread.compute(() -> prepared().run());
        } catch (UnfitException unfit) {
            return unproven(String.valueOf(unfit.getMessage()));
        } catch (IllegalStateException | OutOfMemoryError | StackOverflowError | LinkageError | AssertionError broken) {
            return unproven("the trial broke (Gradiometer " + ToolVersion.get() + "): " + broken.getMessage());
        }
    }

    private Diagnosis unproven(String why) {
        return diagnosis.withFindings(finding -> finding.isOpen()
                ? finding.withRemedies(finding.remedies().stream()
                        .map(remedy -> remedy.withProof(Proof.notTried(why)))
                        .toList())
                : finding);
    }

    private Trial prepared() {
        Fitness.ofNetwork(model);
        if (diagnosis.run().iterations() < 1) {
            throw new UnfitException("the diagnosed network never trained, so there is no training to repeat");
        }
        Blueprint blueprint = Blueprint.of(model);
        TrialData data = data(blueprint);
        Model twin = twin(blueprint);
        Judging judging = new Judging(twin, data);
        Rehearsal rehearsal = new Rehearsal(data, judging, configuration(), stopped::get);
        ProofWriter writer = new ProofWriter(judging.metric(), LinearReference.skill(data, judging), judging.error());
        return new Trial(
                diagnosis, Regimen.asItWas(blueprint), data, rehearsal, writer, seed, new Spending(budget, listener));
    }

    private Model twin(Blueprint blueprint) {
        try {
            return blueprint.build(seed);
        } catch (RuntimeException refused) {
            UnfitException unfit = new UnfitException(
                    "the network cannot be built again from its configuration: " + refused.getMessage());
            unfit.initCause(refused);
            throw unfit;
        }
    }

    /** Returns the settings of this JVM; wrong ones have been told of when the diagnosed training began. */
    private static Configuration configuration() {
        try {
            return Configuration.ofThisJvm();
        } catch (ConfigurationException wrong) {
            return Configuration.of();
        }
    }

    private TrialData data(Blueprint blueprint) {
        List<MultiDataSet> learned = training.get();
        List<MultiDataSet> judged = heldOut.get();
        check(learned, "training data");
        check(judged, "held-out data");
        int cut = blueprint.truncation();
        long steps = learned.get(0).getFeatures(0).rank() == 3
                ? learned.get(0).getFeatures(0).size(2)
                : 1;
        int pieces = cut > 0 ? (int) Math.max(1, (steps + cut - 1) / cut) : 1;
        return new TrialData(
                learned, judged, diagnosis.run().iterations(), diagnosis.run().epochs(), pieces);
    }

    private static void check(List<MultiDataSet> batches, String what) {
        if (batches.isEmpty()) {
            throw new UnfitException("there is no " + what + ": nothing was given, or an iterator that can be read"
                    + " once only was read before");
        }
        batches.forEach(Fitness::ofBatch);
        int examples = batches.stream().mapToInt(Batches::examples).sum();
        if (examples < FEWEST_EXAMPLES) {
            throw new UnfitException("there is too little " + what + " to tell anything by: " + examples
                    + " examples, and " + FEWEST_EXAMPLES + " are the least");
        }
    }

    private static List<MultiDataSet> frozen(DataSetIterator iterator) {
        return read(iterator, DataSet::toMultiDataSet, iterator.resetSupported() ? iterator::reset : null);
    }

    private static List<MultiDataSet> frozen(MultiDataSetIterator iterator) {
        return read(iterator, batch -> batch, iterator.resetSupported() ? iterator::reset : null);
    }

    private static <T> List<MultiDataSet> read(
            Iterator<T> iterator, Function<T, MultiDataSet> convert, @Nullable Runnable reset) {
        if (reset != null) {
            reset.run();
        }
        List<MultiDataSet> batches = frozen(iterator, convert);
        if (reset != null) {
            reset.run();
        }
        return batches;
    }

    private static <T> List<MultiDataSet> frozen(Iterator<T> iterator, Function<T, MultiDataSet> convert) {
        List<MultiDataSet> batches = new ArrayList<>();
        while (iterator.hasNext()) {
            batches.add(Batches.copy(convert.apply(iterator.next())));
        }
        return batches;
    }
}
