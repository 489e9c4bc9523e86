#include "neural/weights/stream.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

#include "base/core/check.h"
#include "base/text/text.h"
#include "neural/weights/mapped_file.h"

namespace neural {
namespace {

constexpr size_t kFetchPiece = 4 << 20;  // between two looks at whether to go on
constexpr int64_t kMostBlocks = 10000;
constexpr int64_t kNothing = -2;  // in place of a block: stop fetching

std::string megabytes(uint64_t bytes) {
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

}  // namespace

base::Result<std::unique_ptr<WeightStream>> WeightStream::open(
    std::shared_ptr<const TensorSource> source, const std::string& prefix, uint64_t budget_bytes) {
    std::map<int64_t, std::vector<Piece>> found;
    for (const std::string& name : source->names()) {
        if (!name.starts_with(prefix)) continue;
        int64_t index = -1;
        const char* begin = name.data() + prefix.size();
        const char* end = name.data() + name.size();
        const auto [after, error] = std::from_chars(begin, end, index);
        if (error != std::errc() || after == end || *after != '.' || index < 0 ||
            index >= kMostBlocks)
            continue;
        for (const Piece piece : source->memory_of(name)) found[index].push_back(piece);
    }
    if (found.empty())
        return base::failed("has no mapped tensors below " + prefix + "0.", source->where());
    std::vector<std::vector<Piece>> blocks(static_cast<size_t>(found.rbegin()->first) + 1);
    std::unique_ptr<WeightStream> stream(new WeightStream);
    for (auto& [index, pieces] : found) {
        // In the order of the file, neighbours joined: fewer calls, whole pages.
        std::sort(pieces.begin(), pieces.end(),
                  [](Piece a, Piece b) { return a.data() < b.data(); });
        auto& joined = blocks[static_cast<size_t>(index)];
        uint64_t bytes = 0;
        for (const Piece piece : pieces) {
            if (!joined.empty() && joined.back().data() + joined.back().size() == piece.data())
                joined.back() = {joined.back().data(), joined.back().size() + piece.size()};
            else joined.push_back(piece);
            bytes += piece.size();
        }
        stream->total_bytes_ += bytes;
        stream->largest_ = std::max(stream->largest_, bytes);
    }
    if (budget_bytes < stream->total_bytes_ && budget_bytes < 2 * stream->largest_)
        return base::failed("two of its blocks need " + megabytes(2 * stream->largest_) +
                                " of memory at once; allow for more than the " +
                                megabytes(budget_bytes) + " that are left for weights",
                            source->where());
    stream->source_ = std::move(source);
    stream->budget_ = budget_bytes;
    stream->share_out(blocks);
    stream->thread_ = std::thread([s = stream.get()] { s->work(); });
    return stream;
}

// Which bytes stay and which pass.
void WeightStream::share_out(const std::vector<std::vector<Piece>>& blocks) {
    const bool all = budget_ >= total_bytes_;
    uint64_t left = all ? total_bytes_ : budget_ - 2 * largest_;
    for (const auto& pieces : blocks) {
        Block block;
        for (const Piece piece : pieces) {
            const auto kept = static_cast<size_t>(std::min<uint64_t>(left, piece.size()));
            if (kept > 0) block.kept.push_back(piece.first(kept));
            if (kept < piece.size()) block.passing.push_back(piece.subspan(kept));
            left -= kept;
            kept_ += kept;
        }
        blocks_.push_back(std::move(block));
    }
}

WeightStream::~WeightStream() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void WeightStream::enter(int64_t i) {
    CHECK(i >= 0 && i < blocks(), "a block of the stack");
    if (current_ >= 0 && current_ != i) {
        for (const Piece piece : blocks_[static_cast<size_t>(current_)].passing)
            forget_pages(piece);
    }
    current_ = i;
    ask_for((i + 1) % blocks());
}

void WeightStream::leave() {
    {
        std::unique_lock lock(mutex_);
        wanted_ = kNothing;
        changed_.notify_all();
        changed_.wait(lock, [&] { return !busy_ && wanted_ != kNothing; });
    }
    for (const Block& block : blocks_) {
        for (const Piece piece : block.passing) forget_pages(piece);
        for (const Piece piece : block.kept) forget_pages(piece);
    }
    current_ = -1;
}

void WeightStream::ask_for(int64_t i) {
    {
        const std::lock_guard lock(mutex_);
        wanted_ = i;
    }
    changed_.notify_all();
}

void WeightStream::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return stop_ || wanted_ != -1; });
        if (stop_) return;
        const int64_t block = std::exchange(wanted_, -1);
        if (block == kNothing) {
            changed_.notify_all();
            continue;
        }
        busy_ = true;
        const Block& b = blocks_[static_cast<size_t>(block)];
        for (const auto* pieces : {&b.passing, &b.kept}) {
            for (const Piece piece : *pieces) {
                for (size_t at = 0; at < piece.size(); at += kFetchPiece) {
                    if (stop_ || wanted_ != -1) break;  // the walk has gone on
                    const Piece part = piece.subspan(at, std::min(kFetchPiece, piece.size() - at));
                    lock.unlock();
                    fetch_pages(part, true);
                    lock.lock();
                }
            }
        }
        busy_ = false;
        changed_.notify_all();
    }
}

void let_go(const TensorSource& source) {
    for (const std::string& name : source.names()) {
        for (const auto piece : source.memory_of(name)) forget_pages(piece);
    }
}

uint64_t resident_bytes() {
    unsigned long long total = 0, resident = 0;
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    const int read = std::fscanf(file, "%llu %llu", &total, &resident);
    std::fclose(file);
    return read == 2 ? resident * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

base::Result<uint64_t> parse_memory_size(const std::string& text) {
    const std::string lower = base::to_lower_ascii(base::trim(text));
    double number = 0;
    const auto [after, error] = std::from_chars(lower.data(), lower.data() + lower.size(), number);
    std::string unit(after, lower.data() + lower.size());
    if (unit.ends_with("ib")) unit.resize(unit.size() - 2);
    else if (unit.size() == 2 && unit[1] == 'b') unit.resize(1);
    const std::map<std::string, int> shifts = {{"", 0},   {"b", 0},  {"k", 10},
                                               {"m", 20}, {"g", 30}, {"t", 40}};
    const auto shift = shifts.find(unit);
    const double bytes = shift == shifts.end() ? 0 : std::ldexp(number, shift->second);
    if (error != std::errc() || !(bytes >= 1) || !(bytes < 0x1p60))
        return base::usage_error("an amount of memory is a number with M or G, such as 8G", text);
    return static_cast<uint64_t>(bytes);
}

base::Result<std::shared_ptr<WeightStream>> stream_where_needed(
    std::shared_ptr<const TensorSource> source, const std::string& prefix, uint64_t budget_bytes) {
    const std::vector<std::string> names = source->names();
    const bool mapped = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name.starts_with(prefix) && !source->memory_of(name).empty();
    });
    if (budget_bytes == 0 || !mapped) return std::shared_ptr<WeightStream>();
    std::shared_ptr<WeightStream> stream =
        TRY(WeightStream::open(std::move(source), prefix, budget_bytes));
    if (stream->holds_everything()) stream.reset();
    return stream;
}

}  // namespace neural
