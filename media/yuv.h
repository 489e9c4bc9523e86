// RGB to the picture format of H.264: BT.709 Y'CbCr, limited range ("TV"), 4:2:0 with the chroma
// sample at the left edge of its pair of columns and between its two rows (H.264's default siting).
// Coefficients: ITU-R BT.709-6, 3.2-3.4 (8 bit). Plain integers, so the same on every machine.
#pragma once

#include <cstdint>

#include "base/signal/image.h"

namespace media {

struct YuvPlanes {
    uint8_t* y = nullptr;
    uint8_t* cb = nullptr;
    uint8_t* cr = nullptr;
    int y_stride = 0, cb_stride = 0, cr_stride = 0;  // bytes
};

// `image`: 3 channels, even width and height. Planes: width x height, and half of both for chroma.
void rgb_to_yuv420(const base::Image8& image, const YuvPlanes& planes);

}  // namespace media
