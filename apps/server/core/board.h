// The notice board: what this process knows about videos beyond the database. Any thread.
//   * live     progress of running jobs as their workers told it last (finer than the database's)
//   * preview  the last picture of a running film
//   * cache    answers to GET /v1/videos/{id}, so that polling costs no query
//   * streams  who listens to a video by server-sent events
// Everything here may be lost at any moment; the database is the truth.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "apps/server/http/message.h"
#include "base/json/json.h"

namespace server {

struct Live {
    int progress = 0;
    std::string stage;
    int64_t frame = 0, frames = 0;
    int attempt = 0;
};

// What a `progress` event says.
base::Json progress_json(const std::string& video_id, const Live& live);

struct CachedVideo {
    int64_t project_id = 0;
    bool ended = false;
    int poll_after_ms = 0;  // 0: not asked to wait
    std::shared_ptr<const std::string> json;
    std::chrono::steady_clock::time_point read_at;
};

class Board {
public:
    // True when something that a client can see has changed.
    bool set_live(const std::string& video_id, const Live& live);
    std::optional<Live> live(const std::string& video_id) const;
    void set_preview(const std::string& video_id, std::string jpeg);
    struct Preview {
        int64_t number = 0;
        std::shared_ptr<const std::string> jpeg;
    };
    std::optional<Preview> preview(const std::string& video_id) const;
    // Said by the route that cancels, so that the worker hears it at its very next heartbeat.
    void ask_cancel(const std::string& video_id);
    bool cancel_asked(const std::string& video_id) const;
    void end_live(const std::string& video_id);

    // A reader takes a ticket, reads the database, and puts the answer under the ticket: an answer
    // that was overtaken by a change is not kept.
    uint64_t ticket(const std::string& video_id) const;
    void put(const std::string& video_id, std::shared_ptr<const CachedVideo> video,
             uint64_t ticket);
    std::shared_ptr<const CachedVideo> cached(const std::string& video_id) const;
    // For answers that must not wait: what cached() holds for old is given on for a moment, but to
    // one, who reads it anew meanwhile. Else all who poll a video would read it at once.
    std::shared_ptr<const CachedVideo> cached_at_once(const std::string& video_id) const;
    void forget(const std::string& video_id);

    void listen(const std::string& video_id, std::shared_ptr<http::EventStream> stream);
    bool anybody_listens(const std::string& video_id) const;
    void tell(const std::string& video_id, std::string_view event, std::string_view data);
    void close_streams(const std::string& video_id);
    int64_t stream_count() const;

private:
    struct Shard {
        mutable std::mutex lock;
        uint64_t changes = 0;
        struct Cached {
            std::shared_ptr<const CachedVideo> video;
            mutable bool asked = false;
        };
        std::unordered_map<std::string, Cached> cache;
        std::unordered_map<std::string, Live> live;
        std::unordered_map<std::string, Preview> previews;
        std::unordered_set<std::string> cancels;
        std::unordered_map<std::string, std::vector<std::shared_ptr<http::EventStream>>> streams;
    };
    static constexpr size_t kShards = 16;
    Shard& shard(const std::string& video_id) {
        return shards_[std::hash<std::string>()(video_id) % kShards];
    }
    const Shard& shard(const std::string& video_id) const {
        return shards_[std::hash<std::string>()(video_id) % kShards];
    }
    std::array<Shard, kShards> shards_;
};

}  // namespace server
