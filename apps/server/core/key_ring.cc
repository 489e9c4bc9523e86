#include "apps/server/core/key_ring.h"

#include <algorithm>

namespace server {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kBelieved = std::chrono::seconds(2);
constexpr auto kFresh = std::chrono::milliseconds(1800);
// Guessed keys must not fill the memory.
constexpr size_t kMostPerShard = 4096;

}  // namespace

std::optional<KeyRing::Known> KeyRing::find(const std::string& hash) const {
    const Shard& s = shard(hash);
    const std::lock_guard guard(s.lock);
    const auto found = s.entries.find(hash);
    if (found == s.entries.end() || found->second.fresh_until < Clock::now()) return std::nullopt;
    return found->second.known;
}

std::optional<KeyRing::Known> KeyRing::find_at_once(const std::string& hash) const {
    const Shard& s = shard(hash);
    const std::lock_guard guard(s.lock);
    const auto found = s.entries.find(hash);
    if (found == s.entries.end()) return std::nullopt;
    const Entry& entry = found->second;
    const auto now = Clock::now();
    if (now > entry.until) return std::nullopt;
    if (now > entry.fresh_until && !entry.asked) {
        entry.asked = true;
        return std::nullopt;
    }
    return entry.known;
}

void KeyRing::put(const std::string& hash, std::optional<Caller> caller) {
    Known known{caller.has_value(),
                caller ? std::make_shared<const Caller>(std::move(*caller)) : nullptr};
    Shard& s = shard(hash);
    const std::lock_guard guard(s.lock);
    if (s.entries.size() >= kMostPerShard) s.entries.clear();
    const auto now = Clock::now();
    s.entries[hash] = {std::move(known), now + kFresh, now + kBelieved};
}

void KeyRing::forget_all() {
    for (Shard& s : shards_) {
        const std::lock_guard guard(s.lock);
        s.entries.clear();
    }
}

RateLimiter::Verdict RateLimiter::take(const std::string& key_id, int64_t per_minute,
                                       Clock::time_point now) {
    const double limit = static_cast<double>(per_minute);
    const double per_second = limit / 60;
    const std::lock_guard guard(lock_);
    auto [found, fresh] = buckets_.try_emplace(key_id);
    Bucket& bucket = found->second;
    if (fresh || bucket.per_minute != per_minute) bucket = {limit, per_minute, now};
    const double passed = std::chrono::duration<double>(now - bucket.at).count();
    bucket.tokens = std::min(limit, bucket.tokens + std::max(0.0, passed) * per_second);
    bucket.at = now;
    Verdict verdict;
    verdict.limit = per_minute;
    verdict.allowed = bucket.tokens >= 1;
    if (verdict.allowed) bucket.tokens -= 1;
    else verdict.retry_s = per_second > 0 ? (1 - bucket.tokens) / per_second : 60;
    verdict.remaining = static_cast<int64_t>(bucket.tokens);
    verdict.reset_s = per_second > 0 ? (limit - bucket.tokens) / per_second : 60;
    return verdict;
}

}  // namespace server
