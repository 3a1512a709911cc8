package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MayMeetTest {

    @ParameterizedTest
    @CsvSource({
        "crm.*, crm.*, true",
        "crm.a*, crm.*b, true",
        "crm.a*, crm.ab*, true",
        "crm.a*, crm.b*, false",
        "*.log, crm.*, true",
        "*.log, *.logs, false",
        "a*c, ab*, true",
        "a*c, ac, true",
        "a*c, a, false",
        "*, x, true",
        "**, *, true",
        "crm.orders, crm.orders, true",
        "crm.orders, crm.order, false"
    })
    void namesWithStarsMeetWhereBothSelectOne(String one, String other, boolean meet) {
        assertThat(MayMeet.meet(one, other)).isEqualTo(meet);
        assertThat(MayMeet.meet(other, one)).isEqualTo(meet);
    }
}
