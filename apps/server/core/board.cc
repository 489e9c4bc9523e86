#include "apps/server/core/board.h"

#include <algorithm>

namespace server {
namespace {

using Clock = std::chrono::steady_clock;

// Other processes (a second server, the command line) may change a video too: nothing is believed
// for longer than this.
constexpr auto kRunningLife = std::chrono::milliseconds(500);
constexpr auto kEndedLife = std::chrono::seconds(10);
constexpr double kFresh = 0.8;  // of its life
constexpr size_t kMostCachedPerShard = 4096;

// Above 1 nobody believes it.
double share_of_life(const CachedVideo& video) {
    const Clock::duration life = video.ended ? Clock::duration(kEndedLife) : kRunningLife;
    return std::chrono::duration<double>(Clock::now() - video.read_at) /
           std::chrono::duration<double>(life);
}

}  // namespace

base::Json progress_json(const std::string& video_id, const Live& live) {
    return {{"id", video_id},      {"status", "in_progress"}, {"progress", live.progress},
            {"stage", live.stage}, {"frame", live.frame},     {"frames", live.frames}};
}

bool Board::set_live(const std::string& id, const Live& live) {
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    Live& now = s.live[id];
    // A later attempt starts again; within one attempt nothing goes back.
    if (live.attempt < now.attempt) return false;
    if (live.attempt == now.attempt && live.progress < now.progress) return false;
    const bool changed = now.attempt != live.attempt || now.progress != live.progress ||
                         now.stage != live.stage || now.frame != live.frame;
    now = live;
    if (changed) {
        ++s.changes;
        s.cache.erase(id);
    }
    return changed;
}

std::optional<Live> Board::live(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    const auto found = s.live.find(id);
    if (found == s.live.end()) return std::nullopt;
    return found->second;
}

void Board::set_preview(const std::string& id, std::string jpeg) {
    auto bytes = std::make_shared<const std::string>(std::move(jpeg));
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    Preview& preview = s.previews[id];
    ++preview.number;
    preview.jpeg = std::move(bytes);
}

std::optional<Board::Preview> Board::preview(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    const auto found = s.previews.find(id);
    if (found == s.previews.end()) return std::nullopt;
    return found->second;
}

void Board::ask_cancel(const std::string& id) {
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    if (s.live.count(id)) s.cancels.insert(id);
}

bool Board::cancel_asked(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    return s.cancels.count(id) > 0;
}

void Board::end_live(const std::string& id) {
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    s.live.erase(id);
    s.previews.erase(id);
    s.cancels.erase(id);
    s.cache.erase(id);
    ++s.changes;
}

uint64_t Board::ticket(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    return s.changes;
}

void Board::put(const std::string& id, std::shared_ptr<const CachedVideo> video, uint64_t ticket) {
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    if (s.changes != ticket) return;
    if (s.cache.size() >= kMostCachedPerShard) s.cache.clear();
    s.cache[id] = {std::move(video)};
}

std::shared_ptr<const CachedVideo> Board::cached(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    const auto found = s.cache.find(id);
    if (found == s.cache.end() || share_of_life(*found->second.video) > kFresh) return nullptr;
    return found->second.video;
}

std::shared_ptr<const CachedVideo> Board::cached_at_once(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    const auto found = s.cache.find(id);
    if (found == s.cache.end()) return nullptr;
    const Shard::Cached& entry = found->second;
    const double share = share_of_life(*entry.video);
    if (share > 1) return nullptr;
    if (share > kFresh && !entry.asked) {
        entry.asked = true;
        return nullptr;
    }
    return entry.video;
}

void Board::forget(const std::string& id) {
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    ++s.changes;
    s.cache.erase(id);
}

void Board::listen(const std::string& id, std::shared_ptr<http::EventStream> stream) {
    Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    auto& all = s.streams[id];
    std::erase_if(all, [](const auto& one) { return one->gone(); });
    all.push_back(std::move(stream));
}

bool Board::anybody_listens(const std::string& id) const {
    const Shard& s = shard(id);
    const std::lock_guard guard(s.lock);
    return s.streams.count(id) > 0;
}

void Board::tell(const std::string& id, std::string_view event, std::string_view data) {
    std::vector<std::shared_ptr<http::EventStream>> listeners;
    {
        Shard& s = shard(id);
        const std::lock_guard guard(s.lock);
        const auto found = s.streams.find(id);
        if (found == s.streams.end()) return;
        std::erase_if(found->second, [](const auto& one) { return one->gone(); });
        if (found->second.empty()) {
            s.streams.erase(found);
            return;
        }
        listeners = found->second;
    }
    for (const auto& stream : listeners) stream->send(event, data);
}

void Board::close_streams(const std::string& id) {
    std::vector<std::shared_ptr<http::EventStream>> listeners;
    {
        Shard& s = shard(id);
        const std::lock_guard guard(s.lock);
        const auto found = s.streams.find(id);
        if (found == s.streams.end()) return;
        listeners = std::move(found->second);
        s.streams.erase(found);
    }
    for (const auto& stream : listeners) stream->close();
}

int64_t Board::stream_count() const {
    int64_t count = 0;
    for (const Shard& s : shards_) {
        const std::lock_guard guard(s.lock);
        for (const auto& [id, streams] : s.streams) {
            for (const auto& stream : streams) count += !stream->gone();
        }
    }
    return count;
}

}  // namespace server
