#include "apps/server/archive/batches.h"

#include "apps/server/archive/files.h"
#include "apps/server/core/secrets.h"

namespace server {
namespace {

constexpr const char* kSelect =
    "SELECT id, seq, project_id, key_id, status, input_file_id, output_file_id, error_file_id, "
    "errors, metadata, lines, next_line, created_ms, expires_ms, in_progress_ms, finalizing_ms, "
    "completed_ms, failed_ms, expired_ms, cancelling_ms, cancelled_ms FROM batches ";

BatchRow batch_of(const store::Row& row) {
    BatchRow batch;
    batch.id = row[0].text();
    batch.seq = row[1].integer();
    batch.project_id = row[2].integer();
    batch.key_id = row[3].text();
    batch.status = row[4].text();
    batch.input_file_id = row[5].text();
    batch.output_file_id = row[6].text();
    batch.error_file_id = row[7].text();
    batch.errors = row[8].text();
    batch.metadata = row[9].text();
    batch.lines = row[10].integer();
    batch.next_line = row[11].integer();
    batch.created_ms = row[12].integer();
    batch.expires_ms = row[13].integer();
    std::optional<int64_t>* times[] = {
        &batch.in_progress_ms, &batch.finalizing_ms, &batch.completed_ms, &batch.failed_ms,
        &batch.expired_ms,     &batch.cancelling_ms, &batch.cancelled_ms};
    for (size_t i = 0; i < 7; ++i) *times[i] = row[14 + i].maybe_integer();
    return batch;
}

base::Json text_or_null(const std::string& text) {
    return text.empty() ? base::Json(nullptr) : base::Json(text);
}

base::Json time_or_null(const std::optional<int64_t>& ms) {
    return ms ? base::Json(*ms / 1000) : base::Json(nullptr);
}

base::Json parsed_or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    auto parsed = base::parse_json(text, "batch");
    return parsed.ok() ? *parsed : base::Json(nullptr);
}

}  // namespace

base::Result<BatchRow> create_batch(store::Tx& tx, int64_t project_id, const std::string& key_id,
                                    const std::string& input_file_id, const std::string& metadata,
                                    int64_t window_ms) {
    const std::string id = new_id("batch_");
    const int64_t seq = TRY(next_seq(tx));
    TRY(
        tx.execute("INSERT INTO batches(id, seq, project_id, key_id, status, input_file_id, "
                   "metadata, lines, next_line, created_ms, expires_ms) VALUES (?, ?, ?, ?, "
                   "'validating', ?, ?, 0, 0, {now}, {now} + ?)",
                   {id, seq, project_id, key_id, input_file_id,
                    metadata.empty() ? store::Value() : store::Value(metadata), window_ms}));
    const store::Rows rows = TRY(tx.query(std::string(kSelect) + "WHERE id = ?", {id}));
    return batch_of(rows[0]);
}

base::Result<std::optional<BatchRow>> find_batch(store::Db& db, const std::string& id) {
    if (!may_be_id(id)) return std::optional<BatchRow>();
    const store::Rows rows = TRY(db.read(std::string(kSelect) + "WHERE id = ?", {id}));
    if (rows.empty()) return std::optional<BatchRow>();
    return std::optional<BatchRow>(batch_of(rows[0]));
}

base::Result<BatchPage> list_batches(store::Db& db, int64_t project_id,
                                     std::optional<int64_t> after, int limit) {
    std::string sql = std::string(kSelect) + "WHERE project_id = ? ";
    store::Values args = {project_id};
    if (after) {
        sql += "AND seq < ? ";
        args.emplace_back(*after);
    }
    sql += "ORDER BY seq DESC LIMIT ?";
    args.emplace_back(limit + 1);
    BatchPage page;
    for (const store::Row& row : TRY(db.read(sql, args))) {
        if (static_cast<int>(page.rows.size()) == limit) {
            page.has_more = true;
            break;
        }
        page.rows.push_back(batch_of(row));
    }
    return page;
}

base::Result<std::vector<BatchRow>> open_batches(store::Db& db) {
    std::vector<BatchRow> batches;
    for (const store::Row& row :
         TRY(db.read(std::string(kSelect) +
                     "WHERE status IN ('validating', 'in_progress', 'cancelling', 'finalizing') "
                     "ORDER BY seq")))
        batches.push_back(batch_of(row));
    return batches;
}

base::Result<BatchCounts> count_lines(store::Db& db, const std::string& id) {
    BatchCounts counts;
    for (const store::Row& row : TRY(db.read(
             "SELECT COALESCE(v.status, CASE WHEN l.error IS NOT NULL THEN 'failed' WHEN "
             "l.response IS NOT NULL THEN 'completed' ELSE 'queued' END), COUNT(*) "
             "FROM batch_lines l LEFT JOIN videos v ON v.id = l.video_id WHERE l.batch_id = ? "
             "GROUP BY 1",
             {id}))) {
        counts.total += row[1].integer();
        if (row[0].text() == "completed") counts.completed += row[1].integer();
        if (row[0].text() == "failed") counts.failed += row[1].integer();
    }
    return counts;
}

base::Result<bool> cancel_batch(store::Tx& tx, const std::string& id) {
    const int64_t changed =
        TRY(tx.execute("UPDATE batches SET status = 'cancelling', cancelling_ms = {now} WHERE id = "
                       "? AND status IN "
                       "('validating', 'in_progress')",
                       {id}));
    return changed > 0;
}

base::Json batch_json(const BatchRow& batch, const BatchCounts& counts) {
    return {{"id", batch.id},
            {"object", "batch"},
            {"endpoint", "/v1/videos"},
            {"errors", parsed_or_null(batch.errors)},
            {"input_file_id", batch.input_file_id},
            {"completion_window", "24h"},
            {"status", batch.status},
            {"output_file_id", text_or_null(batch.output_file_id)},
            {"error_file_id", text_or_null(batch.error_file_id)},
            {"created_at", batch.created_ms / 1000},
            {"in_progress_at", time_or_null(batch.in_progress_ms)},
            {"expires_at", batch.expires_ms / 1000},
            {"finalizing_at", time_or_null(batch.finalizing_ms)},
            {"completed_at", time_or_null(batch.completed_ms)},
            {"failed_at", time_or_null(batch.failed_ms)},
            {"expired_at", time_or_null(batch.expired_ms)},
            {"cancelling_at", time_or_null(batch.cancelling_ms)},
            {"cancelled_at", time_or_null(batch.cancelled_ms)},
            {"request_counts",
             {{"total", counts.total}, {"completed", counts.completed}, {"failed", counts.failed}}},
            {"metadata", parsed_or_null(batch.metadata)}};
}

}  // namespace server
