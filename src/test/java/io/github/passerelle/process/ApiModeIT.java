package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.StockApi;

/** Whatever happens to the process, to Paheko and to Redis, a cash session stands in the books once. */
@Timeout(300)
class ApiModeIT {

    private static final int SESSIONS_FOR_EACH_FAULT = 4;

    private PahekoStandIn paheko;
    private SessionBooking booking;

    @BeforeEach
    void startAll() {
        paheko = PahekoStandIn.start();
        booking = new SessionBooking(paheko, 4711, SESSIONS_FOR_EACH_FAULT, process -> process.api(paheko, StockApi.USER, StockApi.PASSWORD)
                // longer than the stand-in is held at a booking once the next process is at work
                .environment("PAHEKO_API_SETTLE_SECONDS", 1.5).environment("PAHEKO_PUSH_TIMEOUT_SECONDS", 1.5));
        booking.start();
    }

    @AfterEach
    void stopAll() {
        booking.close();
        paheko.close();
    }

    @Test
    void everySessionIsBookedOnceWhateverHappens() {
        booking.everyFault();
        booking.assertBookedOnce(Books.of(paheko.api()));
        booking.assertNoProcessSays(StockApi.USER, StockApi.PASSWORD);
        assertThat(booking.published()).isEqualTo(14 * SESSIONS_FOR_EACH_FAULT);
    }
}
