// Byte form of a simulator's state: plain copies, so that going on after a restore is bit for bit
// the same. Not a file format between builds: the magic number changes with the layout.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "world/record/record.h"

namespace world::step {

constexpr uint64_t kStateMagic = 0x616f7a6f72610004ull;

class StateWriter {
public:
    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void put(const T& value) {
        const auto* bytes = reinterpret_cast<const uint8_t*>(&value);
        bytes_.insert(bytes_.end(), bytes, bytes + sizeof(T));
    }
    template <typename T>
    void put(const std::vector<T>& values) {
        put(static_cast<uint64_t>(values.size()));
        for (const T& value : values) put(value);
    }
    void put(const std::string& text) {
        put(static_cast<uint64_t>(text.size()));
        bytes_.insert(bytes_.end(), text.begin(), text.end());
    }
    std::vector<uint8_t> bytes() const { return bytes_; }

private:
    std::vector<uint8_t> bytes_;
};

// After a read past the end ok() is false and values keep what they had.
class StateReader {
public:
    explicit StateReader(const std::vector<uint8_t>& bytes) : bytes_(bytes) {}
    bool ok() const { return ok_; }
    void fail() { ok_ = false; }

    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void get(T& value) {
        if (!has(sizeof(T))) return;
        std::memcpy(static_cast<void*>(&value), bytes_.data() + at_, sizeof(T));
        at_ += sizeof(T);
    }
    template <typename T>
    void get(std::vector<T>& values) {
        uint64_t count = 0;
        get(count);
        if (!ok_ || count > bytes_.size()) return fail();
        values.resize(count);
        for (T& value : values) get(value);
    }
    void get(std::string& text) {
        uint64_t count = 0;
        get(count);
        if (!ok_ || !has(count)) return fail();
        text.assign(bytes_.begin() + static_cast<long>(at_),
                    bytes_.begin() + static_cast<long>(at_ + count));
        at_ += count;
    }

private:
    bool has(uint64_t size) {
        ok_ = ok_ && size <= bytes_.size() - at_;
        return ok_;
    }
    const std::vector<uint8_t>& bytes_;
    size_t at_ = 0;
    bool ok_ = true;
};

void save_events(StateWriter& out, const std::vector<Event>& events);
std::vector<Event> load_events(StateReader& in);

}  // namespace world::step
