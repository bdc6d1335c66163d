package kwangmyong.kernel.clearance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LatticeTest {
    private final Lattice lattice =
            new Lattice(List.of("resident", "cleared", "leadership"), List.of("library", "news", "world"));

    @Test
    void dominatesWithALevelAtLeastAsHighAndEveryCompartment() {
        Clearance academic = lattice.clearance("cleared + library + news");
        assertThat(academic.dominates(lattice.classification("cleared + library")))
                .isTrue();
        assertThat(academic.dominates(lattice.classification("resident + news")))
                .isTrue();
        assertThat(academic.dominates(lattice.classification("leadership"))).isFalse();
        assertThat(academic.dominates(lattice.classification("resident + world")))
                .isFalse();
    }

    @Test
    void capsTheLevelAloneUnlessTheCeilingNamesCompartments() {
        Clearance leader = lattice.clearance("leadership + library + world");
        assertThat(lattice.show(leader.under(lattice.ceiling("cleared")))).isEqualTo("cleared+library+world");
        assertThat(lattice.show(leader.under(lattice.ceiling("resident + world"))))
                .isEqualTo("resident+world");
    }

    @Test
    void namesTheWordItDoesNotKnow() {
        assertThatThrownBy(() -> lattice.clearance("cleared + libary"))
                .hasMessageContaining("'libary'")
                .hasMessageContaining("library");
        assertThatThrownBy(() -> lattice.clearance("cleared + leadership")).hasMessageContaining("two levels");
    }
}
