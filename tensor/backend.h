// What a device must be able to do. The functions of tensor/ops check shapes, allocate the result
// and call the backend of their inputs; a backend may rely on what they checked.
//
// Three implementations: cpu (tensor/cpu, fast), reference (tensor/reference, plain loops in
// double, the twin that tests compare with), cuda (tensor/cuda, loaded where a driver is found).
#pragma once

#include <memory>
#include <string_view>

#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/audio.h"
#include "tensor/ops/conv.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/linear.h"
#include "tensor/ops/norm.h"
#include "tensor/ops/rope.h"

namespace tensor {

class Backend {
public:
    virtual ~Backend() = default;
    virtual std::string_view name() const = 0;

    // An uninitialised tensor where this backend computes.
    virtual Tensor make(const Shape& shape, DType type) = 0;
    // A host tensor, where this backend computes; and back. The host's backends share the memory.
    virtual Tensor upload(const Tensor& x) = 0;
    virtual Tensor download(const Tensor& x) = 0;

    // y = activation(x W^T + b), x [M,K], y [M,N]. `packed` belongs to the layer and is the
    // backend's to fill; `may_keep` says whether it may outlive the call.
    virtual void linear(const Tensor& x, const Tensor& weight, const Tensor& bias,
                        Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                        Tensor& y) = 0;
    // The same product with weight and activations rounded to bf16 and sums in f32; `packed` is
    // another one than linear()'s.
    virtual void linear_bf16(const Tensor& x, const Tensor& weight, const Tensor& bias,
                             Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                             Tensor& y) = 0;
    // The same product with weight and activations in 8 bits (tensor/cpu/int8.h says how), K up to
    // 65536; `packed` is another one than linear()'s.
    virtual void linear_int8(const Tensor& x, const Tensor& weight, const Tensor& bias,
                             Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                             Tensor& y) = 0;
    virtual void matmul_nt(const Tensor& a, const Tensor& b, Tensor& c) = 0;
    // weight [N,C,kt,kh,kw].
    virtual void conv(const Tensor& x, const Tensor& weight, const Tensor& bias,
                      const ConvGeometry& geometry, Activation activation,
                      std::shared_ptr<void>& packed, Tensor& y) = 0;
    virtual void conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                  int64_t stride, int64_t padding, std::shared_ptr<void>& packed,
                                  Tensor& y) = 0;

    virtual void norm(const Tensor& x, const NormOptions& options, Tensor& y) = 0;
    virtual void modulate(const Tensor& x, const Modulation& modulation, Tensor& y) = 0;
    virtual void group_norm(const Tensor& x, int groups, float eps, const Tensor& weight,
                            const Tensor& bias, Tensor& y) = 0;

    virtual void attention(const Tensor& q, const Tensor& k, const Tensor& v,
                           const AttentionOptions& options, Tensor& y) = 0;
    // The same in integers (tensor/cpu/attention_int.cc says how), beside linear_int8().
    virtual void attention_int(const Tensor& q, const Tensor& k, const Tensor& v,
                               const AttentionOptions& options, Tensor& y) = 0;
    virtual void neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                         std::array<int64_t, 3> kernel, float scale, Tensor& y) = 0;
    virtual void rope(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout) = 0;

    virtual void activate(const Tensor& x, Activation kind, Tensor& y) = 0;  // y may be x
    virtual void gated(const Tensor& gate, const Tensor& up, Activation kind, Tensor& y) = 0;
    virtual void axpby(float a, const Tensor& x, float b, const Tensor& y,
                       Tensor& z) = 0;  // z may be x
    virtual void multiply(const Tensor& x, const Tensor& y, Tensor& z) = 0;
    virtual void affine(const Tensor& x, const Tensor& s, const Tensor& t,
                        Tensor& y) = 0;  // y may be x
    virtual void gated_add(Tensor& x, const Tensor& gate, const RowMap& map, const Tensor& y) = 0;
    virtual void scale_heads(Tensor& x, const Tensor& g) = 0;

    virtual void snake(const Tensor& x, const SnakeOptions& options, Tensor& y) = 0;
    virtual void magnitude(const Tensor& x, Tensor& y) = 0;
    virtual void log_floor(const Tensor& x, float floor, Tensor& y) = 0;

    virtual void permute(const Tensor& x, std::span<const int> axes, Tensor& y) = 0;
    virtual void concat(std::span<const Tensor> parts, int axis, Tensor& y) = 0;
    virtual void slice(const Tensor& x, int axis, int64_t begin, Tensor& y) = 0;
    virtual void pad(const Tensor& x, int axis, int64_t before, int64_t after, PadMode mode,
                     Tensor& y) = 0;
    virtual void repeat(const Tensor& x, int axis, int64_t factor, Tensor& y) = 0;
    virtual void gather_rows(const Tensor& table, const Tensor& ids, Tensor& y) = 0;
};

Backend& cpu_backend();
Backend& reference_backend();

// The backend that computes on x: the device's own; for host tensors cpu_backend(), or what the
// calling thread's innermost ScopedHostBackend says.
Backend& backend_of(const Tensor& x);

// x on the host, after the work that makes it; undefined stays undefined.
Tensor to_host(const Tensor& x);

class ScopedHostBackend {
public:
    explicit ScopedHostBackend(Backend& backend);
    ~ScopedHostBackend();
    ScopedHostBackend(const ScopedHostBackend&) = delete;
    ScopedHostBackend& operator=(const ScopedHostBackend&) = delete;

private:
    Backend* previous_;
};

}  // namespace tensor
