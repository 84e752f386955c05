package io.github.passerelle.booking;

import static io.github.passerelle.booking.Entries.closed;
import static io.github.passerelle.booking.Entries.entry;
import static io.github.passerelle.booking.Entries.item;
import static io.github.passerelle.booking.Entries.opened;
import static io.github.passerelle.booking.Entries.payment;
import static io.github.passerelle.booking.Entries.sale;
import static io.github.passerelle.booking.Entries.ticket;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.push.UnreadableEntryException;

class EntryCheckTest {

    private static final String AT = "2026-11-21T11:00:00Z";
    private static final String TICKET = "{'sale_id':'t','cash_session_id':'s-1','total_amount':100,'sale_date':null,"
            + "'items':[{'total_price':100,'category_id':'c','preset_id':null}],'payments':[{'payment_method':'cb','amount':100}]}";

    private static void refused(StreamEntry entry, String words) {
        assertThatThrownBy(() -> EntryCheck.check(entry)).isInstanceOf(UnreadableEntryException.class).hasMessageContaining(words);
    }

    @Test
    void takesAllThatTheTillPublishes() {
        for (CashSession session : new CashSession[] { new Till(null, 5).session(40), new Till(null, 6).session(0) }) {
            for (SaleEvent event : session.events()) {
                assertThatCode(() -> EntryCheck.check(Entries.raw(AT, event.type(), event.payloadText()))).as(event.label()).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void takesGiftsRefundsAndNothing() {
        assertThatCode(() -> {
            EntryCheck.check(ticket(AT, "t", "null", 150, item(100, null, null), payment("cb", 150)));
            EntryCheck.check(ticket(AT, "t", "null", 150, "", payment("cb", 150)));
            EntryCheck.check(sale(AT, "t", -100, "cb"));
            EntryCheck.check(ticket(AT, "t", "null", 0, "", ""));
            EntryCheck.check(opened(AT));
            EntryCheck.check(closed(AT, ""));
        }).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "'total_amount':100 | 'total_amount':100.5 | total_amount is no whole number of cents",
        "'total_amount':100 | 'total_amount':100.0 | total_amount is no whole number of cents",
        "'total_amount':100 | 'total_amount':1e2 | total_amount is no whole number of cents",
        "'total_amount':100 | 'total_amount':'100' | total_amount is no whole number of cents",
        "'total_amount':100 | 'total_amount':1000000000000 | total_amount is no whole number of cents within reason",
        "'total_amount':100 | 'total_amount':99999999999999999999999 | total_amount is no whole number of cents within reason",
        "'total_amount':100, | ^^ | total_amount is missing",
        "'total_amount':100 | 'total_amount':100,'total_amount':100 | stands twice",
        "'amount':100 | 'amount':null | payments[0].amount is missing",
        "'amount':100 | 'amount':true | payments[0].amount is no whole number",
        "'total_price':100 | 'total_price':'1e2' | items[0].total_price is no whole number",
        "'total_price':100 | 'total_price':101 | the amounts of the ticket do not add up: items are 101, total_amount is 100",
        "'total_price':100 | 'total_price':-1 | the amounts of the ticket do not add up: items are -1, total_amount is 100",
        "'amount':100 | 'amount':99 | the amounts of the ticket do not add up: payments are 99, total_amount is 100",
        "'payment_method':'cb' | 'payment_method':'c b' | payments[0].payment_method is not of the form",
        "'payment_method':'cb', | ^^ | payments[0].payment_method is missing",
        "'category_id':'c' | 'category_id':7 | items[0].category_id is no text",
        "'preset_id':null | 'preset_id':[] | items[0].preset_id is no text",
        "'items':[{ | 'items':7,'other':[{ | items is no list",
        "'payments':[ | 'other':[ | payments is missing",
        "'items':[{ | 'items':[7,{ | items[0].total_price is missing",
        "'sale_date':null | 'sale_date':'hier' | sale_date",
        "'sale_date':null | 'sale_date':'2026-11-21T10:00:00' | sale_date is neither a moment with its offset from UTC nor a day",
        "'sale_date':null | 'sale_date':'2026-02-30' | sale_date",
        "'sale_date':null | 'sale_date':'+12026-01-01T00:00:00Z' | sale_date",
        "'sale_date':null | 'sale_date':1795258800 | sale_date is no text",
        "'cash_session_id':'s-1', | ^^ | the session is missing",
        "'cash_session_id':'s-1' | 'cash_session_id':'x; DROP' | the session is missing, or its id is not of the form",
    })
    void refusesATicketThatWouldHaveToBeGuessed(String what, String by, String words) {
        refused(entry(AT, "pos.ticket.created", TICKET.replace(what, by)), words);
    }

    @Test
    void refusesACloseWithoutSessionOrWithBrokenAmounts() {
        for (String field : new String[] { "total_sales", "total_items", "closing_amount", "actual_amount" }) {
            refused(closed(AT, ",'" + field + "':1.5"), field + " is no whole number of cents within reason");
        }
        refused(entry(AT, "pos.session.closed", "{'closed_at':'x'}"), "the session is missing");
    }

    @Test
    void refusesAnIdTooLongForAReference() {
        String longest = "x".repeat(183);
        assertThatCode(() -> EntryCheck.check(entry(AT, "pos.session.closed", "{'session_id':'" + longest + "'}"))).doesNotThrowAnyException();
        refused(entry(AT, "pos.session.closed", "{'session_id':'" + longest + "x'}"), "is not of the form [A-Za-z0-9._:-]{1,183}");
    }

    @Test
    void refusesEventsThatItDoesNotKnow() {
        refused(entry(AT, "pos.refund.created", "{'session_id':'s-1'}"), "pos.refund.created is no event that can be booked by sessions");
    }
}
