// What layers may keep of weights in a device's own order, within set_packed_budget().
#pragma once

#include <cstdint>

namespace tensor {

// Room that one layer has reserved for a packed copy. Thread-safe against other layers.
class PackedRoom {
public:
    PackedRoom() = default;
    ~PackedRoom() { give_back(); }
    PackedRoom(const PackedRoom&) = delete;
    PackedRoom& operator=(const PackedRoom&) = delete;

    // False where the budget is used up: the copy is to be thrown away after use. True for ever
    // once it was.
    bool hold(uint64_t bytes);
    void give_back();

private:
    uint64_t bytes_ = 0;
};

}  // namespace tensor
