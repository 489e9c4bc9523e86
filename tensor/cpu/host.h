// What both host backends share: memory and data movement.
#pragma once

#include "tensor/backend.h"

namespace tensor {

class HostBackend : public Backend {
public:
    Tensor make(const Shape& shape, DType type) override { return Tensor(shape, type); }
    Tensor upload(const Tensor& x) override { return x; }
    Tensor download(const Tensor& x) override { return x; }
    void permute(const Tensor& x, std::span<const int> axes, Tensor& y) override;
    void concat(std::span<const Tensor> parts, int axis, Tensor& y) override;
    void slice(const Tensor& x, int axis, int64_t begin, Tensor& y) override;
    void pad(const Tensor& x, int axis, int64_t before, int64_t after, PadMode mode,
             Tensor& y) override;
    void repeat(const Tensor& x, int axis, int64_t factor, Tensor& y) override;
    void gather_rows(const Tensor& table, const Tensor& ids, Tensor& y) override;
};

}  // namespace tensor
