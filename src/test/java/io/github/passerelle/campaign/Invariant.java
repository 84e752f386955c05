package io.github.passerelle.campaign;

import java.util.List;

/** One thing that must be true whatever was broken. */
@FunctionalInterface
interface Invariant {

    List<Invariant> ALL = List.of(new NothingIsLost(), new NothingIsLeft(), new BodiesAreIdentical(), new NothingIsForeign(),
            new RepetitionsAreExplained(), new SessionsAreInOrder(), new ClosesComeLast(), new LedgersAgree(), new QuarantineHasReasons(),
            new TrimmedIsCounted(), new NoSecretIsSaid(), new MemoryIsSteady());

    /** One line for each breach, which names the entry; none when all is well. */
    List<String> breaches(Facts facts);
}
