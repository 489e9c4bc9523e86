// Between a net's pictures (tensors, [-1, 1], sides in whole latents) and a film's (8-bit, any even
// size). The net's picture is at least as large; what is too much is cut off evenly around the
// middle.
#pragma once

#include "base/signal/image.h"
#include "tensor/core/tensor.h"

namespace neural {

// The next multiple of `step`.
int64_t round_up(int64_t size, int64_t step);

// frames [T,H,W,3] f32: picture t as sRGB, cut to width x height. Values are (x + 1) / 2, clamped
// and rounded to nearest; NaN becomes black.
base::Image8 to_image(const tensor::Tensor& frames, int64_t t, int width_px, int height_px);

// The middle of a picture that is at least as large.
base::Image8 crop(const base::Image8& image, int width_px, int height_px);

// The pixels of a net's picture, and the part around its middle that the film shows of it.
struct NetPicture {
    int64_t width = 0, height = 0;
    double shown_width = 0, shown_height = 0;  // at most width, height
};

// [1,1,H,W,3] in [-1, 1]: the picture scaled (bilinear, area-weighted when it shrinks) so that it
// covers what is shown, its middle in the middle; beyond it goes on, where it ends its edge does. A
// picture of the film's size that to_image() gave lies exactly where it came from.
tensor::Tensor from_image(const base::Image8& image, const NetPicture& net);

}  // namespace neural
