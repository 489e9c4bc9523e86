#pragma once

#include <array>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "tensor/backend.h"
#include "tensor/cuda/driver.h"

namespace tensor::cuda {

class CudaBackend final : public Backend {
public:
    static base::Result<CudaBackend*> start();

    std::string_view name() const override { return "cuda"; }
    const std::string& device_name() const { return device_name_; }

    Tensor make(const Shape& shape, DType type) override;
    Tensor upload(const Tensor& x) override;
    Tensor download(const Tensor& x) override;

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
    void snake(const Tensor& x, const SnakeOptions& options, Tensor& y) override;
    void magnitude(const Tensor& x, Tensor& y) override;
    void log_floor(const Tensor& x, float floor, Tensor& y) override;
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
    void permute(const Tensor& x, std::span<const int> axes, Tensor& y) override;
    void concat(std::span<const Tensor> parts, int axis, Tensor& y) override;
    void slice(const Tensor& x, int axis, int64_t begin, Tensor& y) override;
    void pad(const Tensor& x, int axis, int64_t before, int64_t after, PadMode mode,
             Tensor& y) override;
    void repeat(const Tensor& x, int axis, int64_t factor, Tensor& y) override;
    void gather_rows(const Tensor& table, const Tensor& ids, Tensor& y) override;

private:
    CudaBackend(const Driver& driver, const Products& products)
        : driver_(driver), products_(products) {}

    // CHECKs: what fails here is a bug or a broken device, and a kernel's error comes late anyway.
    void must(int error, const char* doing) const;
    // The device's context for the calling thread.
    void enter() const;
    // x on the device (uploaded for the call where it lies on the host); undefined stays undefined.
    Tensor here(const Tensor& x);
    // Computes on the host: `compute` writes the result it is given, which then goes to y.
    template <typename Compute>
    void on_host(Tensor& y, Compute compute);

    struct Grid {
        int64_t x = 1, y = 1, z = 1;
    };
    template <typename... Arguments>
    void launch(const char* kernel, Grid grid, size_t shared_bytes, const Arguments&... arguments);
    // One thread an element.
    template <typename... Arguments>
    void each(const char* kernel, int64_t count, const Arguments&... arguments);
    Handle function(const char* kernel);

    // c [n,m] = a^T b in cuBLAS's column-major words: rows of y are columns there.
    void product(const Tensor& x, const Tensor& w, int64_t batch, int64_t m, int64_t k, int64_t n,
                 const Tensor& bias, Tensor& y);

    Driver driver_;
    Products products_;
    std::string device_name_;
    Handle context_ = nullptr, stream_ = nullptr, module_ = nullptr, blas_ = nullptr;
    std::unordered_map<std::string, Handle> functions_;
    Tensor workspace_;
};

}  // namespace tensor::cuda
