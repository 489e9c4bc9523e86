#include "apps/server/archive/videos.h"

#include <algorithm>

#include "apps/server/core/secrets.h"

namespace server {
namespace {

constexpr const char* kSelect =
    "SELECT v.id, v.seq, v.project_id, v.key_id, v.model, v.task, v.status, v.prompt, v.size, "
    "v.seconds, v.remixed_from, v.created_ms, v.completed_ms, v.expires_ms, v.content_gone_ms, "
    "v.error_code, v.error_message, v.report, v.batch_id, j.state, j.progress, j.stage "
    "FROM videos v LEFT JOIN jobs j ON j.id = v.seq ";

VideoRow video_of(const store::Row& row) {
    VideoRow video;
    video.id = row[0].text();
    video.seq = row[1].integer();
    video.project_id = row[2].integer();
    video.key_id = row[3].text();
    video.model = row[4].text();
    video.task = row[5].text();
    video.status = row[6].text();
    video.prompt = row[7].text();
    video.size = row[8].text();
    video.seconds = row[9].text();
    video.remixed_from = row[10].maybe_text();
    video.created_ms = row[11].integer();
    video.completed_ms = row[12].maybe_integer();
    video.expires_ms = row[13].maybe_integer();
    video.content_gone_ms = row[14].maybe_integer();
    if (!row[15].is_null()) video.error = store::JobError{row[15].text(), row[16].text()};
    video.report = row[17].text();
    video.batch_id = row[18].text();
    if (video.status == "completed") {
        video.progress = 100;
    } else if (!row[19].is_null()) {
        if (video.status == "queued" && row[19].text() == "leased") video.status = "in_progress";
        video.progress = static_cast<int>(std::clamp<int64_t>(row[20].integer(), 0, 99));
        video.stage = row[21].text();
    }
    return video;
}

std::string owner_of_video(const std::string& id) { return "video:" + id; }
std::string owner_of_job(int64_t seq) { return "job:" + std::to_string(seq); }

base::Result<int64_t> insert(store::Tx& tx, store::Queue& queue, const NewVideo& video,
                             const store::JobError* error) {
    base::Json inputs = base::Json::array();
    for (const NamedBlob& input : video.inputs) {
        inputs.push_back(
            {{"name", input.name}, {"sha256", input.blob.sha256}, {"bytes", input.blob.bytes}});
    }
    store::NewJob job;
    job.kind = "film";
    job.project_id = video.project_id;
    job.priority = video.priority;
    job.payload = base::Json({{"payload", video.payload}, {"inputs", std::move(inputs)}}).dump();
    job.engine = video.engine;
    job.model = video.engine_model;
    job.pixels = video.pixels;
    const int64_t seq = TRY(queue.add(tx, job));
    TRY(tx.execute(
        "INSERT INTO videos(id, seq, project_id, key_id, model, task, status, prompt, size, "
        "seconds, remixed_from, created_ms, batch_id) VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, "
        "?, {now}, ?)",
        {video.id, seq, video.project_id, video.key_id, video.model, video.task, video.prompt,
         video.size, video.seconds, video.remixed_from,
         video.batch_id.empty() ? store::Value() : store::Value(video.batch_id)}));
    if (error) {
        TRY(queue.cancel(tx, seq));
        TRY(fail_video(tx, seq, *error));
        return seq;
    }
    for (const NamedBlob& input : video.inputs)
        TRY(store::add_ref(tx, input.blob, owner_of_job(seq), "input:" + input.name));
    return seq;
}

base::Json seconds_or_null(const std::optional<int64_t>& ms) {
    return ms ? base::Json(*ms / 1000) : base::Json(nullptr);
}

}  // namespace

base::Result<int64_t> create_video(store::Tx& tx, store::Queue& queue, const NewVideo& video) {
    return insert(tx, queue, video, nullptr);
}

base::Result<int64_t> create_blocked_video(store::Tx& tx, store::Queue& queue,
                                           const NewVideo& video, const store::JobError& error) {
    NewVideo blocked = video;
    blocked.payload = base::Json::object();  // refused words are not kept where workers look
    blocked.inputs.clear();
    return insert(tx, queue, blocked, &error);
}

base::Result<std::optional<VideoRow>> find_video(store::Db& db, const std::string& id) {
    if (!may_be_id(id)) return std::optional<VideoRow>();
    const store::Rows rows = TRY(db.read(std::string(kSelect) + "WHERE v.id = ?", {id}));
    if (rows.empty()) return std::optional<VideoRow>();
    return std::optional<VideoRow>(video_of(rows[0]));
}

base::Result<std::optional<VideoRow>> find_video_of_job(store::Db& db, int64_t seq) {
    const store::Rows rows = TRY(db.read(std::string(kSelect) + "WHERE v.seq = ?", {seq}));
    if (rows.empty()) return std::optional<VideoRow>();
    return std::optional<VideoRow>(video_of(rows[0]));
}

base::Result<Page> list_videos(store::Db& db, int64_t project_id, std::optional<int64_t> after,
                               int limit, bool ascending) {
    std::string sql = std::string(kSelect) + "WHERE v.project_id = ? ";
    store::Values args = {project_id};
    if (after) {
        sql += ascending ? "AND v.seq > ? " : "AND v.seq < ? ";
        args.emplace_back(*after);
    }
    sql += ascending ? "ORDER BY v.seq ASC LIMIT ?" : "ORDER BY v.seq DESC LIMIT ?";
    args.emplace_back(limit + 1);
    Page page;
    for (const store::Row& row : TRY(db.read(sql, args))) {
        if (static_cast<int>(page.rows.size()) == limit) {
            page.has_more = true;
            break;
        }
        page.rows.push_back(video_of(row));
    }
    return page;
}

base::Result<std::optional<int64_t>> video_place(store::Db& db, int64_t project_id,
                                                 const std::string& id) {
    if (!may_be_id(id)) return std::optional<int64_t>();
    for (const char* table : {"videos", "gone_videos"}) {
        const store::Rows rows = TRY(
            db.read(std::string("SELECT seq FROM ") + table + " WHERE id = ? AND project_id = ?",
                    {id, project_id}));
        if (!rows.empty()) return std::optional<int64_t>(rows[0][0].integer());
    }
    return std::optional<int64_t>();
}

base::Result<bool> delete_video(store::Tx& tx, store::Queue& queue, const std::string& id,
                                int64_t project_id) {
    if (!may_be_id(id)) return false;
    const store::Rows rows =
        TRY(tx.query("DELETE FROM videos WHERE id = ? AND project_id = ? RETURNING seq, status",
                     {id, project_id}));
    if (rows.empty()) return false;
    const int64_t seq = rows[0][0].integer();
    TRY(tx.execute("INSERT INTO gone_videos(id, seq, project_id) VALUES (?, ?, ?)",
                   {id, seq, project_id}));
    TRY(store::drop_refs(tx, owner_of_video(id)));
    if (rows[0][1].text() == "queued" && TRY(queue.cancel(tx, seq))) TRY(drop_job_refs(tx, seq));
    return true;
}

base::Result<bool> cancel_video(store::Tx& tx, store::Queue& queue, const VideoRow& video) {
    const store::Rows rows =
        TRY(tx.query("SELECT status FROM videos WHERE id = ? {lock}", {video.id}));
    if (rows.empty() || rows[0][0].text() != "queued") return false;
    if (TRY(queue.cancel(tx, video.seq))) {
        TRY(fail_video(tx, video.seq, {"cancelled", "The video was cancelled."}));
        TRY(drop_job_refs(tx, video.seq));
    }
    return true;
}

base::Status publish_video(store::Tx& tx, int64_t seq, const Made& made,
                           std::optional<int64_t> retention_ms) {
    const store::Value keep = retention_ms ? store::Value(*retention_ms) : store::Value();
    const store::Rows rows = TRY(tx.query(
        "UPDATE videos SET status = 'completed', completed_ms = {now}, expires_ms = {now} + ?, "
        "seconds = CASE WHEN ? = '' THEN seconds ELSE ? END, "
        "size = CASE WHEN ? = '' THEN size ELSE ? END, report = ? "
        "WHERE seq = ? AND status = 'queued' RETURNING id",
        {keep, made.seconds, made.seconds, made.size, made.size, made.report, seq}));
    TRY(drop_job_refs(tx, seq));
    if (rows.empty()) return {};
    for (const NamedBlob& output : made.outputs)
        TRY(store::add_ref(tx, output.blob, owner_of_video(rows[0][0].text()), output.name));
    return {};
}

base::Status fail_video(store::Tx& tx, int64_t seq, const store::JobError& error) {
    TRY(
        tx.execute("UPDATE videos SET status = 'failed', completed_ms = NULL, error_code = ?, "
                   "error_message = ? WHERE seq = ? AND status = 'queued'",
                   {error.code, error.message, seq}));
    return drop_job_refs(tx, seq);
}

base::Status drop_job_refs(store::Tx& tx, int64_t seq) {
    return store::drop_refs(tx, owner_of_job(seq));
}

base::Result<std::vector<std::string>> expire_contents(store::Db& db) {
    std::vector<std::string> ids;
    TRY(db.transaction([&](store::Tx& tx) -> base::Status {
        ids.clear();
        const store::Rows rows =
            TRY(tx.query("UPDATE videos SET content_gone_ms = {now} WHERE expires_ms < {now} AND "
                         "content_gone_ms IS NULL AND status = 'completed' RETURNING id"));
        for (const store::Row& row : rows) {
            ids.push_back(row[0].text());
            TRY(store::drop_refs(tx, owner_of_video(row[0].text())));
        }
        return {};
    }));
    return ids;
}

base::Json video_json(const VideoRow& video) {
    base::Json error = nullptr;
    if (video.error) error = {{"code", video.error->code}, {"message", video.error->message}};
    return {{"id", video.id},
            {"object", "video"},
            {"model", video.model},
            {"status", video.status},
            {"progress", video.progress},
            {"created_at", video.created_ms / 1000},
            {"completed_at", seconds_or_null(video.completed_ms)},
            {"expires_at", seconds_or_null(video.expires_ms)},
            {"prompt", video.prompt},
            {"size", video.size},
            {"seconds", video.seconds},
            {"remixed_from_video_id",
             video.remixed_from ? base::Json(*video.remixed_from) : base::Json(nullptr)},
            {"error", std::move(error)}};
}

}  // namespace server
