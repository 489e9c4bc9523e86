#include "apps/server/core/batch_runner.h"

#include <unistd.h>

#include <cstdio>
#include <set>

#include "apps/server/archive/files.h"
#include "apps/server/core/event_log.h"
#include "apps/server/core/secrets.h"
#include "apps/server/routes/submit.h"
#include "base/text/text.h"

namespace server {
namespace {

constexpr int64_t kMostBytes = 200 << 20;
constexpr int64_t kMostLines = 50'000;
constexpr int kMostWaiting = 16;  // videos of one batch in the queue at once
constexpr int kPriority = -10;    // behind everybody who waits for an answer
constexpr int64_t kKeepOutputMs = int64_t{30} * 86'400'000;

// Calls `each` with every line; a false answer stops.
template <typename Each>
base::Status each_line(App& app, const std::string& file_id, const Each& each) {
    const auto blob = TRY(store::find_ref(*app.db, "file:" + file_id, "content"));
    if (!blob) return base::failed("the input file is gone");
    std::string rest;
    int64_t number = 0;
    for (int64_t at = 0; at < blob->bytes;) {
        const int64_t piece = std::min<int64_t>(4 << 20, blob->bytes - at);
        rest += TRY(app.blobs->read(blob->sha256, {at, piece}, piece));
        at += piece;
        size_t start = 0;
        for (size_t end; (end = rest.find('\n', start)) != std::string::npos; start = end + 1) {
            if (!each(++number, std::string_view(rest).substr(start, end - start))) return {};
        }
        rest.erase(0, start);
    }
    if (!base::trim(rest).empty()) each(++number, std::string_view(rest));
    return {};
}

base::Json problem(const char* code, const std::string& message, int64_t line) {
    return {{"code", code},
            {"message", message},
            {"param", nullptr},
            {"line", line > 0 ? base::Json(line) : base::Json(nullptr)}};
}

// The envelope of a line, and what is wrong with it.
std::optional<base::Json> check_line(std::string_view text, int64_t number,
                                     std::set<std::string>& ids) {
    const auto line = base::parse_json(text, "line");
    if (!line.ok() || !line->is_object())
        return problem("invalid_json_line", "This line is not a JSON object.", number);
    const auto word = [&](const char* key) {
        return line->contains(key) && line->at(key).is_string() ? line->at(key).get<std::string>()
                                                                : std::string();
    };
    if (word("custom_id").empty())
        return problem("missing_required_parameter", "Missing 'custom_id'.", number);
    if (!ids.insert(word("custom_id")).second) {
        return problem("duplicate_custom_id",
                       "The custom_id '" + word("custom_id") + "' was used before.", number);
    }
    if (word("method") != "POST")
        return problem("invalid_method", "'method' must be 'POST'.", number);
    if (word("url") != "/v1/videos")
        return problem("invalid_url", "'url' must be '/v1/videos'.", number);
    if (!line->contains("body") || !line->at("body").is_object())
        return problem("missing_required_parameter", "'body' must be an object.", number);
    return std::nullopt;
}

base::Json error_body(const ApiError& error) {
    return {{"error",
             {{"message", error.message},
              {"type", error.type},
              {"param", error.param.empty() ? base::Json(nullptr) : base::Json(error.param)},
              {"code", error.code.empty() ? base::Json(nullptr) : base::Json(error.code)}}}};
}

// A file of JSON lines, written beside the blobs and taken by them.
class LineFile {
public:
    static base::Result<LineFile> create(App& app) {
        LineFile file;
        file.path_ = app.blobs->incoming_dir() + "/" + new_id("batch-");
        file.out_ = std::fopen(file.path_.c_str(), "wb");
        if (!file.out_) return base::failed("cannot write a batch's answer", file.path_);
        return file;
    }
    LineFile(LineFile&& other) noexcept
        : path_(std::move(other.path_)), out_(other.out_), lines_(other.lines_), ok_(other.ok_) {
        other.out_ = nullptr;
        other.path_.clear();
    }
    ~LineFile() {
        if (out_) std::fclose(out_);
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    void add(const base::Json& line) {
        const std::string text = line.dump() + "\n";
        ok_ = ok_ && std::fwrite(text.data(), 1, text.size(), out_) == text.size();
        ++lines_;
    }
    bool empty() const { return lines_ == 0; }
    base::Result<store::Blob> take(App& app) {
        const bool closed = std::fclose(out_) == 0;
        out_ = nullptr;
        if (!ok_ || !closed) return base::failed("cannot write a batch's answer", path_);
        return app.blobs->put_file(path_);
    }

private:
    LineFile() = default;
    std::string path_;
    std::FILE* out_ = nullptr;
    int64_t lines_ = 0;
    bool ok_ = true;
};

}  // namespace

void BatchRunner::step() {
    const auto batches = open_batches(*app_.db);
    if (!batches.ok()) {
        log_event(base::LogLevel::Warning, "batches", {{"reason", batches.error().text()}});
        return;
    }
    for (const BatchRow& batch : *batches) {
        if (app_.draining) return;
        const base::Status did = step_one(batch);
        if (!did.ok()) {
            log_event(base::LogLevel::Warning, "batch_step",
                      {{"batch", batch.id}, {"reason", did.error().text()}});
        }
    }
}

base::Status BatchRunner::step_one(const BatchRow& batch) {
    if (batch.status == "validating") return validate(batch);
    const int64_t now = TRY(app_.db->now_ms());
    const BatchCounts counts = TRY(count_lines(*app_.db, batch.id));
    const bool all_ended = counts.completed + counts.failed == counts.total &&
                           (batch.next_line >= batch.lines || batch.status == "cancelling");
    if (batch.status == "cancelling") {
        TRY(stop_lines(batch, "batch_cancelled", "The batch was cancelled."));
        const BatchCounts after = TRY(count_lines(*app_.db, batch.id));
        if (after.completed + after.failed == after.total) return finish(batch, "cancelled");
        return {};
    }
    if (batch.status == "in_progress" && now > batch.expires_ms) {
        TRY(stop_lines(batch, "batch_expired",
                       "This request could not be executed before the completion window expired."));
        const BatchCounts after = TRY(count_lines(*app_.db, batch.id));
        if (after.completed + after.failed == after.total) return finish(batch, "expired");
        return {};
    }
    if (all_ended) return finish(batch, "completed");
    return feed(batch);
}

base::Status BatchRunner::validate(const BatchRow& batch) {
    base::Json errors = base::Json::array();
    std::set<std::string> ids;
    int64_t lines = 0;
    const auto file = TRY(find_file(*app_.db, batch.project_id, batch.input_file_id));
    if (!file) {
        errors.push_back(problem("file_not_found", "The input file is gone.", 0));
    } else if (file->bytes > kMostBytes) {
        errors.push_back(problem("file_too_large", "At most 200 MB are allowed.", 0));
    } else {
        TRY(each_line(app_, batch.input_file_id, [&](int64_t number, std::string_view text) {
            if (base::trim(text).empty()) return true;
            if (++lines > kMostLines) {
                errors.push_back(
                    problem("too_many_lines", "At most 50,000 lines are allowed.", number));
                return false;
            }
            if (const auto wrong = check_line(text, number, ids)) errors.push_back(*wrong);
            return errors.size() < 100;
        }));
        if (lines == 0 && errors.empty())
            errors.push_back(problem("empty_file", "The input file holds no request.", 0));
    }
    return app_.db->transaction([&](store::Tx& tx) -> base::Status {
        if (!errors.empty()) {
            TRY(
                tx.execute("UPDATE batches SET status = 'failed', failed_ms = {now}, errors = ? "
                           "WHERE id = ? AND status = 'validating'",
                           {base::Json({{"object", "list"}, {"data", errors}}).dump(), batch.id}));
            return {};
        }
        TRY(tx.execute(
            "UPDATE batches SET status = 'in_progress', in_progress_ms = {now}, lines = ? "
            "WHERE id = ? AND status = 'validating'",
            {lines, batch.id}));
        return {};
    });
}

base::Status BatchRunner::feed(const BatchRow& batch) {
    if (batch.next_line >= batch.lines) return {};
    const store::Rows waiting =
        TRY(app_.db->read("SELECT COUNT(*) FROM batch_lines l JOIN videos v ON v.id = l.video_id "
                          "WHERE l.batch_id = ? "
                          "AND v.status = 'queued'",
                          {batch.id}));
    int64_t room = kMostWaiting - waiting[0][0].integer();
    if (room <= 0) return {};
    const auto callers = TRY(list_keys(*app_.db, batch.project_id));
    Caller caller;
    caller.project_id = batch.project_id;
    caller.key_id = batch.key_id;
    caller.priority = kPriority;
    for (const KeyRow& key : callers) {
        if (key.id == batch.key_id) caller.limits.units_per_day = key.limits.units_per_day;
    }
    int64_t index = 0;  // among lines that hold something
    base::Status failed;
    TRY(each_line(app_, batch.input_file_id, [&](int64_t, std::string_view text) {
        if (base::trim(text).empty()) return true;
        if (index++ < batch.next_line) return true;
        if (room-- <= 0) return false;
        const int64_t line = index;
        auto parsed = base::parse_json(text, "line");
        if (!parsed.ok()) return true;
        http::Request request;
        request.method = "POST";
        request.path = "/v1/videos";
        request.content_type = "application/json";
        request.body = parsed->at("body").dump();
        const std::string custom_id = parsed->at("custom_id").get<std::string>();
        // The line's number is its idempotency key: a server that died between the queue and the
        // line's row finds the same video again.
        Submission submission;
        submission.idempotency_key = batch.id + "/" + std::to_string(line);
        submission.request_hash = sha256_hex(request.body);
        std::vector<std::string> ids;
        std::optional<ApiError> error;
        if (auto fields = Fields::read(request); !fields.ok()) {
            error = fields.error();
        } else if (auto videos = read_create(app_, *fields, caller); !videos.ok()) {
            error = videos.error();
        } else if (auto unknown = fields->unknown()) {
            error = *unknown;
        } else {
            videos->resize(1);
            (*videos)[0].batch_id = batch.id;
            submission.videos = std::move(*videos);
            auto made = submit(app_, caller, std::move(submission));
            if (made.ok()) ids = *made;
            else error = made.error();
        }
        // Full, low on disk, over quota: this line is tried again later.
        if (error && (error->status == 429 || error->status >= 500)) return false;
        failed = app_.db->transaction([&](store::Tx& tx) -> base::Status {
            TRY(tx.execute(
                "INSERT INTO batch_lines(batch_id, line, custom_id, video_id, error) VALUES (?, ?, "
                "?, ?, ?) ON CONFLICT (batch_id, line) DO NOTHING",
                {batch.id, line, custom_id, ids.empty() ? store::Value() : store::Value(ids[0]),
                 error ? store::Value(base::Json({{"status_code", error->status},
                                                  {"body", error_body(*error)}})
                                          .dump())
                       : store::Value()}));
            TRY(tx.execute("UPDATE batches SET next_line = ? WHERE id = ?", {line, batch.id}));
            return {};
        });
        return failed.ok();
    }));
    return failed;
}

base::Status BatchRunner::stop_lines(const BatchRow& batch, const char* code, const char* message) {
    for (const store::Row& row : TRY(app_.db->read(
             "SELECT l.video_id FROM batch_lines l JOIN videos v ON v.id = l.video_id WHERE "
             "l.batch_id = ? AND v.status = 'queued'",
             {batch.id}))) {
        const auto video = TRY(find_video(*app_.db, row[0].text()));
        if (!video) continue;
        TRY(app_.db->transaction([&](store::Tx& tx) -> base::Status {
            TRY(cancel_video(tx, *app_.queue, *video));
            return {};
        }));
        app_.board.ask_cancel(video->id);
        app_.video_changed(video->id);
    }
    if (batch.next_line >= batch.lines) return {};
    int64_t index = 0;
    base::Status failed;
    TRY(each_line(app_, batch.input_file_id, [&](int64_t, std::string_view text) {
        if (base::trim(text).empty()) return true;
        if (index++ < batch.next_line) return true;
        const auto parsed = base::parse_json(text, "line");
        if (!parsed.ok()) return true;
        failed = app_.db->transaction([&](store::Tx& tx) -> base::Status {
            TRY(tx.execute(
                "INSERT INTO batch_lines(batch_id, line, custom_id, error) VALUES (?, ?, "
                "?, ?) ON CONFLICT (batch_id, line) DO NOTHING",
                {batch.id, index, parsed->at("custom_id").get<std::string>(),
                 base::Json({{"code", code}, {"message", message}}).dump()}));
            TRY(tx.execute("UPDATE batches SET next_line = ? WHERE id = ?", {index, batch.id}));
            return {};
        });
        return failed.ok();
    }));
    return failed;
}

base::Status BatchRunner::finish(const BatchRow& batch, const std::string& end) {
    LineFile output = TRY(LineFile::create(app_)), errors = TRY(LineFile::create(app_));
    for (int64_t from = 0;;) {
        const store::Rows rows = TRY(app_.db->read(
            "SELECT line, custom_id, video_id, error FROM batch_lines WHERE batch_id = ? AND "
            "line > ? ORDER BY line LIMIT 500",
            {batch.id, from}));
        if (rows.empty()) break;
        for (const store::Row& row : rows) {
            from = row[0].integer();
            base::Json line = {{"id", batch.id + "_" + std::to_string(from)},
                               {"custom_id", row[1].text()},
                               {"response", nullptr},
                               {"error", nullptr}};
            if (!row[3].is_null()) {
                const auto stored = TRY(base::parse_json(row[3].text(), "batch line"));
                if (stored.contains("status_code")) {
                    line["response"] = {{"status_code", stored.at("status_code")},
                                        {"request_id", line["id"]},
                                        {"body", stored.at("body")}};
                } else {
                    line["error"] = stored;
                }
                errors.add(line);
                continue;
            }
            const auto video = TRY(find_video(*app_.db, row[2].text()));
            base::Json body =
                video
                    ? video_json(*video)
                    : base::Json(
                          {{"id", row[2].text()}, {"object", "video.deleted"}, {"deleted", true}});
            if (video && end == "expired" && video->status == "failed" && video->error &&
                video->error->code == "cancelled")
                body["status"] = "expired";
            line["response"] = {
                {"status_code", 200}, {"request_id", line["id"]}, {"body", std::move(body)}};
            output.add(line);
        }
    }
    std::optional<store::Blob> output_blob, error_blob;
    if (!output.empty()) output_blob = TRY(output.take(app_));
    if (!errors.empty()) error_blob = TRY(errors.take(app_));
    return app_.db->transaction([&](store::Tx& tx) -> base::Status {
        const auto keep = [&](const std::optional<store::Blob>& blob,
                              const char* name) -> base::Result<store::Value> {
            if (!blob) return store::Value();
            const FileRow file = TRY(create_file(tx, batch.project_id, batch.id + name,
                                                 "batch_output", *blob, kKeepOutputMs));
            return store::Value(file.id);
        };
        const store::Value output_id = TRY(keep(output_blob, "_output.jsonl"));
        const store::Value error_id = TRY(keep(error_blob, "_error.jsonl"));
        const int64_t mine = TRY(tx.execute(
            "UPDATE batches SET status = ?, output_file_id = ?, error_file_id = ?, finalizing_ms = "
            "COALESCE(finalizing_ms, {now}), " +
                end + "_ms = {now} WHERE id = ? AND status = ?",
            {end, output_id, error_id, batch.id, batch.status}));
        if (mine == 0) return base::failed("another server finished this batch");
        return {};
    });
}

}  // namespace server
