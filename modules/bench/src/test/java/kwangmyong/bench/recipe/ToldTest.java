package kwangmyong.bench.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldTest {
    private final Told told = new Told(Map.of("GATEWAY", "10.76.0.1:3128", "RESOLVER", "10.76.0.1"));

    @Test
    void putsInWhatIsKnownAndLeavesTheRest() {
        assertThat(told.in("http://${GATEWAY}/ $RESOLVER $HOMER $1"))
                .isEqualTo("http://10.76.0.1:3128/ 10.76.0.1 $HOMER $1");
    }

    @Test
    void anEndpointIsAnAddressWithAPort() throws Exception {
        assertThat(told.endpoint("$GATEWAY").getPort()).isEqualTo(3128);
        assertThat(told.endpoint("$RESOLVER:53").getAddress().getHostAddress()).isEqualTo("10.76.0.1");
        assertThat(told.endpoint("[2001:db8::2]:53").getPort()).isEqualTo(53);
        for (String none : new String[] {"$RESOLVER", "example.org:53", "10.76.0.1:70000", "$OTHER"}) {
            assertThatThrownBy(() -> told.endpoint(none))
                    .isInstanceOf(RecipeException.class)
                    .hasMessageContaining(none);
        }
    }
}
