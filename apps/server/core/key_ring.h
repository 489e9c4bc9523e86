// Keys and sessions that were seen lately, so that a request costs no query; and how fast each key
// may ask. Any thread. A key that was revoked elsewhere is believed for two seconds at most.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "apps/server/archive/keys.h"

namespace server {

class KeyRing {
public:
    struct Known {
        bool valid = false;
        std::shared_ptr<const Caller> caller;
    };
    // By the hash of a key or cookie; nullopt: not known, ask the database and put().
    std::optional<Known> find(const std::string& hash) const;
    // For answers that must not wait: what find() will soon not know any more is told on, but to
    // one, who asks the database meanwhile. Else a busy key's requests would all ask at once.
    std::optional<Known> find_at_once(const std::string& hash) const;
    void put(const std::string& hash, std::optional<Caller> caller);
    void forget_all();

private:
    struct Entry {
        Known known;
        std::chrono::steady_clock::time_point fresh_until, until;
        mutable bool asked = false;
    };
    struct Shard {
        mutable std::mutex lock;
        std::unordered_map<std::string, Entry> entries;
    };
    std::array<Shard, 8> shards_;
    Shard& shard(const std::string& hash) {
        return shards_[std::hash<std::string>()(hash) % shards_.size()];
    }
    const Shard& shard(const std::string& hash) const {
        return shards_[std::hash<std::string>()(hash) % shards_.size()];
    }
};

// A token bucket for each key: a minute's worth of burst, refilled evenly.
class RateLimiter {
public:
    struct Verdict {
        bool allowed = true;
        int64_t limit = 0, remaining = 0;
        double reset_s = 0;  // until the bucket is full again
        double retry_s = 0;  // until the next request is allowed
    };
    Verdict take(const std::string& key_id, int64_t per_minute,
                 std::chrono::steady_clock::time_point now);

private:
    struct Bucket {
        double tokens = 0;
        int64_t per_minute = 0;
        std::chrono::steady_clock::time_point at;
    };
    std::mutex lock_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace server
