// Videos in the database: a row for people, a job for workers, references to what it needs and
// made.
//
// A video is made by the job whose id is `seq`. What it holds is referred to by owner "video:ID"
// (roles video, thumbnail, spritesheet, record, shots, screenplay); what its job needs by owner
// "job:SEQ" (roles "input:NAME", "part:NAME"), dropped in the transaction that ends the job.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json/json.h"
#include "store/blobs/blobs.h"
#include "store/queue/queue.h"
#include "store/sql/db.h"

namespace server {

struct VideoRow {
    std::string id;
    int64_t seq = 0, project_id = 0;
    std::string key_id, model, task;
    std::string status;  // "queued", "in_progress", "completed", "failed"
    int progress = 0;
    std::string stage;
    std::string prompt, size, seconds;
    std::optional<std::string> remixed_from;
    int64_t created_ms = 0;
    std::optional<int64_t> completed_ms, expires_ms, content_gone_ms;
    std::optional<store::JobError> error;
    std::string report;  // JSON, "" = none yet
    std::string batch_id;
};

struct NamedBlob {
    std::string name;
    store::Blob blob;
};

struct NewVideo {
    std::string id;  // made by the caller, so that answers can be written before the commit
    int64_t project_id = 0;
    std::string key_id;
    std::string model;  // as the client named it
    std::string task;
    std::string prompt, size, seconds;
    std::optional<std::string> remixed_from;
    std::string batch_id;
    int priority = 0;
    // What workers get.
    base::Json payload;
    std::vector<NamedBlob> inputs;
    std::string engine, engine_model;
    int64_t pixels = 0;
};

// Queues it. Gives seq.
base::Result<int64_t> create_video(store::Tx& tx, store::Queue& queue, const NewVideo& video);
// A video that was refused by moderation: it exists, failed, and has no work.
base::Result<int64_t> create_blocked_video(store::Tx& tx, store::Queue& queue,
                                           const NewVideo& video, const store::JobError& error);

base::Result<std::optional<VideoRow>> find_video(store::Db& db, const std::string& id);
base::Result<std::optional<VideoRow>> find_video_of_job(store::Db& db, int64_t seq);

struct Page {
    std::vector<VideoRow> rows;
    bool has_more = false;
};
// `after`: the seq of the last row of the page before. Newest first unless `ascending`.
base::Result<Page> list_videos(store::Db& db, int64_t project_id, std::optional<int64_t> after,
                               int limit, bool ascending);
// The place of a cursor, of deleted videos too; nullopt when that project never had it.
base::Result<std::optional<int64_t>> video_place(store::Db& db, int64_t project_id,
                                                 const std::string& id);

// Deletes the video and what it holds; a job that still runs is cancelled. False: there is none.
base::Result<bool> delete_video(store::Tx& tx, store::Queue& queue, const std::string& id,
                                int64_t project_id);
// True when it was still queued or running and is, or will be, cancelled.
base::Result<bool> cancel_video(store::Tx& tx, store::Queue& queue, const VideoRow& video);

// The end of a video, in the transaction of queue.finish(); nothing when it was deleted meanwhile.
struct Made {
    std::vector<NamedBlob> outputs;
    std::string seconds, size, report;  // "" = as asked for
};
base::Status publish_video(store::Tx& tx, int64_t seq, const Made& made,
                           std::optional<int64_t> retention_ms);
base::Status fail_video(store::Tx& tx, int64_t seq, const store::JobError& error);
// Inputs and parts of an ended job.
base::Status drop_job_refs(store::Tx& tx, int64_t seq);

// Takes the content of videos whose time is over; the row stays. Gives their ids.
base::Result<std::vector<std::string>> expire_contents(store::Db& db);

// The 13 keys of the wire, in their order.
base::Json video_json(const VideoRow& video);

}  // namespace server
