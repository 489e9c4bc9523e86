// Still pictures in memory.
//
// Image8:  8-bit sRGB,  interleaved RGB or RGBA, row-major from the top left.
// ImageF:  float linear light (or any quantity), interleaved channels, row-major from the top left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace base {

template <typename T>
struct ImageT {
    int width_px = 0;
    int height_px = 0;
    int channels = 0;
    std::vector<T> data;  // [height, width, channels]

    ImageT() = default;
    ImageT(int width, int height, int channel_count)
        : width_px(width),
          height_px(height),
          channels(channel_count),
          data(static_cast<size_t>(width) * height * channel_count) {}

    T* at(int x, int y) { return data.data() + (static_cast<size_t>(y) * width_px + x) * channels; }
    const T* at(int x, int y) const {
        return data.data() + (static_cast<size_t>(y) * width_px + x) * channels;
    }
    bool empty() const { return data.empty(); }
};

using Image8 = ImageT<uint8_t>;
using Image16 = ImageT<uint16_t>;
using ImageF = ImageT<float>;

}  // namespace base
