package io.github.passerelle.campaign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Several tills that sell at the same time, each with one cash session after the other. */
final class Load {

    private static final int TILLS = 4;
    private static final int FEWEST = 8;
    private static final int MOST = 30;

    private record Open(CashSession session, Deque<SaleEvent> left) {
    }

    private final Till till;
    private final ProducerLedger sold;
    private final Random random;
    private final List<Open> open = new ArrayList<>();

    Load(Till till, ProducerLedger sold, Random random) {
        this.till = till;
        this.sold = sold;
        this.random = random;
    }

    /** Sells this many tickets, with what opens and closes sessions on the way. */
    void sell(int tickets) {
        for (int done = 0; done < tickets;) {
            done += sellNext() ? 1 : 0;
        }
    }

    /** @return whether it was a ticket */
    boolean sellNext() {
        while (open.size() < TILLS) {
            CashSession session = till.session(FEWEST + random.nextInt(MOST - FEWEST));
            open.add(new Open(session, new ArrayDeque<>(session.events())));
        }
        return sellAt(open.get(random.nextInt(open.size())));
    }

    /** Sells what is left of the open sessions, and closes them. */
    void finish() {
        while (!open.isEmpty()) {
            sellAt(open.get(random.nextInt(open.size())));
        }
    }

    private boolean sellAt(Open place) {
        SaleEvent sale = place.left().poll();
        sold.enter(place.session(), till.publish(sale));
        if (place.left().isEmpty()) {
            open.remove(place);
        }
        return sale.isTicket();
    }
}
