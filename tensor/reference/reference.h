// The twin of every op: loops as the definitions stand in books, sums in double, one thread. Slow
// on purpose; tests compare the fast backends with it, and whole nets can run on it
// (ScopedHostBackend) to tell an error of a net from an error of a kernel.
#pragma once

#include "tensor/cpu/host.h"

namespace tensor {

class ReferenceBackend final : public HostBackend {
public:
    std::string_view name() const override { return "reference"; }
    void linear(const Tensor& x, const Tensor& weight, const Tensor& bias, Activation activation,
                std::shared_ptr<void>& packed, bool may_keep, Tensor& y) override;
    void linear_bf16(const Tensor& x, const Tensor& weight, const Tensor& bias,
                     Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                     Tensor& y) override;
    void linear_int8(const Tensor& x, const Tensor& weight, const Tensor& bias,
                     Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                     Tensor& y) override;
    void matmul_nt(const Tensor& a, const Tensor& b, Tensor& c) override;
    void conv(const Tensor& x, const Tensor& weight, const Tensor& bias,
              const ConvGeometry& geometry, Activation activation, std::shared_ptr<void>& packed,
              Tensor& y) override;
    void conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias, int64_t stride,
                          int64_t padding, std::shared_ptr<void>& packed, Tensor& y) override;
    void norm(const Tensor& x, const NormOptions& options, Tensor& y) override;
    void modulate(const Tensor& x, const Modulation& modulation, Tensor& y) override;
    void group_norm(const Tensor& x, int groups, float eps, const Tensor& weight,
                    const Tensor& bias, Tensor& y) override;
    void attention(const Tensor& q, const Tensor& k, const Tensor& v,
                   const AttentionOptions& options, Tensor& y) override;
    void attention_int(const Tensor& q, const Tensor& k, const Tensor& v,
                       const AttentionOptions& options, Tensor& y) override;
    void neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                 std::array<int64_t, 3> kernel, float scale, Tensor& y) override;
    void rope(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout) override;
    void activate(const Tensor& x, Activation kind, Tensor& y) override;
    void gated(const Tensor& gate, const Tensor& up, Activation kind, Tensor& y) override;
    void axpby(float a, const Tensor& x, float b, const Tensor& y, Tensor& z) override;
    void multiply(const Tensor& x, const Tensor& y, Tensor& z) override;
    void affine(const Tensor& x, const Tensor& s, const Tensor& t, Tensor& y) override;
    void gated_add(Tensor& x, const Tensor& gate, const RowMap& map, const Tensor& y) override;
    void scale_heads(Tensor& x, const Tensor& g) override;
    void snake(const Tensor& x, const SnakeOptions& options, Tensor& y) override;
    void magnitude(const Tensor& x, Tensor& y) override;
    void log_floor(const Tensor& x, float floor, Tensor& y) override;
};

// activation(x) in double.
double reference_activation(double x, Activation kind);

}  // namespace tensor
