package kwangmyong.access.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kwangmyong.access.store.Store.StayQuery;
import org.jspecify.annotations.Nullable;

/** Asks the database for ended sessions. */
final class StaySelect {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private StaySelect() {}

    /**
     * Those that are wanted, latest end first.
     *
     * @param waiting that are wanted too and may not be in the database yet, or otherwise
     */
    static List<Kept.Stay> run(Connection reader, StayQuery query, List<Kept.Stay> waiting) throws SQLException {
        var select = new StaySelect();
        select.add("subject = ?", query.subject());
        select.add("attachment = ?", query.attachment());
        select.add("ended >= ?", query.from());
        select.add("ended < ?", query.before());
        List<Kept.Stay> found = new ArrayList<>(waiting);
        for (Kept.Stay stay : select.rows(reader, (long) query.offset() + query.limit() + waiting.size())) {
            if (waiting.stream().noneMatch(newer -> newer.id().equals(stay.id()))) {
                found.add(stay);
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(Kept.Stay::until).reversed().thenComparing(Kept.Stay::id))
                .skip(query.offset())
                .limit(query.limit())
                .toList();
    }

    private void add(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private List<Kept.Stay> rows(Connection reader, long limit) throws SQLException {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        try (PreparedStatement select =
                reader.prepareStatement(Tables.STAYS.select() + where + " order by ended desc, id limit ?")) {
            int parameter = 1;
            for (Object value : values) {
                (value instanceof java.time.Instant ? Type.TIME : Type.TEXT).bind(select, parameter++, value);
            }
            select.setLong(parameter, limit);
            List<Kept.Stay> stays = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stays.add(Tables.STAYS.row(rows));
                }
            }
            return stays;
        }
    }
}
