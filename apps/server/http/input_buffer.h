// Bytes read from a socket and not yet used: one block, grown when asked, given back when idle.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace http {

class InputBuffer {
public:
    bool empty() const { return begin_ == end_; }
    size_t size() const { return end_ - begin_; }
    size_t capacity() const { return capacity_; }
    std::string_view view() const { return {block_.get() + begin_, size()}; }
    void consume(size_t bytes) {
        begin_ += bytes;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    void clear() { begin_ = end_ = 0; }
    void release() {
        block_.reset();
        begin_ = end_ = capacity_ = 0;
    }

    // Room for at least `bytes` more behind what is there.
    char* prepare(size_t bytes) {
        if (capacity_ - end_ >= bytes) return block_.get() + end_;
        const size_t used = size();
        if (capacity_ - used >= bytes) {
            std::memmove(block_.get(), block_.get() + begin_, used);
        } else {
            const size_t wanted = std::max(capacity_ * 2, used + bytes);
            std::unique_ptr<char[]> larger(new char[wanted]);
            if (used > 0) std::memcpy(larger.get(), block_.get() + begin_, used);
            block_ = std::move(larger);
            capacity_ = wanted;
        }
        begin_ = 0;
        end_ = used;
        return block_.get() + end_;
    }
    size_t room() const { return capacity_ - end_; }
    void commit(size_t bytes) { end_ += bytes; }

private:
    std::unique_ptr<char[]> block_;
    size_t begin_ = 0, end_ = 0, capacity_ = 0;
};

}  // namespace http
