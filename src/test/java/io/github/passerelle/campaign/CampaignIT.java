package io.github.passerelle.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shortest form of the campaign. */
class CampaignIT {

    private static final long SEED = 4711;

    @Test
    @Timeout(300)
    void everyPromiseHolds() {
        Campaign campaign = new Campaign(SEED, Duration.ofMinutes(4), System.out);
        boolean right = campaign.run(Programme.shortest(SEED), "");
        assertThat(campaign.report().rows()).allSatisfy(row -> assertThat(row.breaches()).as(row.act()).isEmpty());
        assertThat(right).as("each act came to its end").isTrue();
    }
}
