// Keeps the weights of a long stack of blocks within a budget of memory: they stay in their mapped
// file; while block i computes, a thread brings block i + 1 in, and block i - 1 is let go.
//
// For a net's block loop:
//     for (int64_t i = 0; i < blocks; ++i) {
//         if (stream) stream->enter(i);
//         x = block(i, x);
//     }
// A net takes a `WeightStream*` that may be null; nothing else in it changes, because reading a
// weight that is not here only makes the reader wait. Passes over the stack may follow one another
// (steps of a sampler); after the last block the first is fetched again.
//
// As many bytes as the budget holds beside two blocks stay for good, always the same ones: in a
// cyclic walk the most recently used are needed last, so evicting by age would keep nothing.
//
// From a limit for the whole process (`--memory 8G`) to a budget: call tensor::set_packed_budget(0)
// (packed copies would be a second set of weights), run one block or know its activations, then
//     budget = limit - resident_bytes() - what activations may still grow by.
//
// enter() and leave() from one thread at a time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/core/result.h"
#include "neural/weights/source.h"

namespace neural {

class WeightStream {
public:
    // Blocks are the numbers after `prefix` in the source's names: "transformer_blocks." gathers
    // transformer_blocks.0.*, transformer_blocks.1.*, ... `budget_bytes` bounds how much of them is
    // in memory at once; an Error where two blocks do not fit, or one that says there are none.
    static base::Result<std::unique_ptr<WeightStream>> open(
        std::shared_ptr<const TensorSource> source, const std::string& prefix,
        uint64_t budget_bytes);
    ~WeightStream();
    WeightStream(const WeightStream&) = delete;

    // Block i is used from now on, the one before no more.
    void enter(int64_t i);
    // Nothing is used any more; everything is let go (between the stages of a pipeline). enter()
    // begins anew.
    void leave();

    int64_t blocks() const { return static_cast<int64_t>(blocks_.size()); }
    uint64_t total_bytes() const { return total_bytes_; }
    uint64_t largest_block_bytes() const { return largest_; }
    // Of total_bytes(), what stays in memory between passes.
    uint64_t kept_bytes() const { return kept_; }
    bool holds_everything() const { return kept_ == total_bytes_; }

private:
    using Piece = std::span<const std::byte>;
    struct Block {
        std::vector<Piece> passing;  // fetched before use and let go after it
        std::vector<Piece> kept;     // fetched once
    };

    WeightStream() = default;
    void share_out(const std::vector<std::vector<Piece>>& blocks);
    void ask_for(int64_t i);
    void work();

    std::shared_ptr<const TensorSource> source_;
    std::vector<Block> blocks_;
    uint64_t total_bytes_ = 0, largest_ = 0, budget_ = 0, kept_ = 0;
    int64_t current_ = -1;

    std::mutex mutex_;
    std::condition_variable changed_;
    int64_t wanted_ = -1;  // block to bring in, -1 none
    bool stop_ = false, busy_ = false;
    std::thread thread_;
};

// A stream where `budget_bytes` (0: no limit) does not hold all blocks; nullptr where it does, or
// where the blocks lie in no mapped file and so in memory already.
base::Result<std::shared_ptr<WeightStream>> stream_where_needed(
    std::shared_ptr<const TensorSource> source, const std::string& prefix, uint64_t budget_bytes);

// Takes what lies in the source's mapped files out of this process's memory; a later read brings it
// back. Streams of the source leave() first.
void let_go(const TensorSource& source);

// The bytes that this process has in memory now (its resident set).
uint64_t resident_bytes();

// "8G", "512M", "8000000000", "7.5GiB": bytes, powers of 1024. Usage error with what is meant.
base::Result<uint64_t> parse_memory_size(const std::string& text);

}  // namespace neural
