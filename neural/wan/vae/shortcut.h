// The levels of the 2.2 autoencoder: residual blocks and a change of size, beside a shortcut that
// changes the size without weights.
#pragma once

#include "neural/wan/vae/layers.h"

namespace neural::wan {

// Averages: the channels of time x 2 x 2 (or 1 x 1 x 1) neighbours in the order (channel, frame,
// row, column) are folded and each group of consecutive ones is averaged. The first frame is paired
// with one of zeros before it.
class AverageDown {
public:
    AverageDown(int64_t in, int64_t out, int64_t time, int64_t space, Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const;

private:
    int64_t time_, space_;
    tensor::Linear average_;
    size_t place_ = 0;
};

// The opposite: every channel is repeated and unfolded to time x 2 x 2 neighbours; of the first
// frame only the last of its `time` copies stays.
class DuplicateUp {
public:
    DuplicateUp(int64_t in, int64_t out, int64_t time, Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const;

private:
    int64_t out_, time_, repeats_;
    size_t place_;
};

// A level of the encoder; `down`: it halves rows and columns, `time`: frames too.
class DownLevel final : public Layer {
public:
    DownLevel(const Loader& loader, int64_t in, int64_t out, int64_t blocks, bool down, bool time,
              Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    Path main_;
    AverageDown shortcut_;
};

// A level of the decoder that doubles rows and columns, `time`: and frames. The last level, which
// doubles nothing, has no shortcut and is a row of ResidualBlocks.
class UpLevel final : public Layer {
public:
    UpLevel(const Loader& loader, int64_t in, int64_t out, int64_t blocks, bool time,
            Places& places);
    tensor::Tensor forward(const tensor::Tensor& x, Stream& stream) const override;

private:
    Path main_;
    DuplicateUp shortcut_;
};

}  // namespace neural::wan
