#include "tensor/cuda/backend.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "base/core/check.h"
#include "tensor/core/memory.h"
#include "tensor/cuda/cuda.h"
#include "tensor/cuda/image.h"

namespace tensor::cuda {
namespace {

constexpr int kThreads = 256;
constexpr int kSharedBytesAttribute = 8;  // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES
constexpr int kOutOfMemory = 2;           // CUDA_ERROR_OUT_OF_MEMORY
constexpr int kMostDepth = 256;           // of a head, for the attention kernel

// kernels.cu counts as Activation does.
static_assert(static_cast<int>(Activation::GeluTanh) == 1 &&
              static_cast<int>(Activation::Silu) == 2 && static_cast<int>(Activation::Tanh) == 3 &&
              static_cast<int>(Activation::Sigmoid) == 4 &&
              static_cast<int>(Activation::Exp) == 5 &&
              static_cast<int>(Activation::LeakyRelu01) == 6 &&
              static_cast<int>(Activation::LeakyRelu001) == 7 &&
              static_cast<int>(Activation::Clamp1) == 8);

Address address(const Tensor& x) {
    return x.defined() ? reinterpret_cast<Address>(x.raw()) : Address{0};
}

// As kernels.cu declares them.
struct Permutation {
    int rank;
    int64_t dims[8];
    int64_t strides[8];
};
struct AttentionArguments {
    Address q, k, v, bias, y;
    int64_t queries, heads, depth, keys, key_heads, value_depth, key_count, window;
    int64_t bias_batches, bias_heads;
    float scale;
    int causal;
};

}  // namespace

base::Result<CudaBackend*> CudaBackend::start() {
    if (kImageBytes == 0)
        return base::failed(
            "this program was built without CUDA kernels: nvcc was not found at build time");
    const Driver driver = TRY(load_driver());
    const auto wrong = [&driver](const char* doing, int error) {
        return base::failed(std::string(doing) + ": " + driver.text(error));
    };
    int count = 0, device = 0;
    if (const int e = driver.init(0)) return wrong("the NVIDIA driver does not start", e);
    if (const int e = driver.device_count(&count)) return wrong("counting GPUs", e);
    if (count == 0) return base::failed("the NVIDIA driver knows no GPU");
    const Products products = TRY(load_products());
    if (const int e = driver.device_get(&device, 0)) return wrong("the first GPU", e);
    // Lives as long as the program: tensors in static storage may outlive any order of destruction.
    auto* backend = new CudaBackend(driver, products);
    char name[128] = {};
    if (driver.device_name(name, sizeof name, device) == 0) backend->device_name_ = name;
    if (const int e = driver.retain_context(&backend->context_, device))
        return wrong("the GPU's context", e);
    if (const int e = driver.set_context(backend->context_)) return wrong("the GPU's context", e);
    if (const int e = driver.stream_create(&backend->stream_, 1)) return wrong("a stream", e);
    if (const int e = driver.load_module(&backend->module_, kImage))
        return wrong("the kernels do not fit this GPU", e);
    if (const int e = products.create(&backend->blas_))
        return base::failed("cuBLASLt does not start: status " + std::to_string(e));
    return backend;
}

void CudaBackend::must(int error, const char* doing) const {
    CHECK(error == 0, std::string(doing) + ": " + driver_.text(error));
}

void CudaBackend::enter() const { must(driver_.set_context(context_), "the GPU's context"); }

Tensor CudaBackend::make(const Shape& shape, DType type) {
    enter();
    const auto bytes = bytes_of(type, shape.elements());
    CHECK(bytes, "not a whole number of blocks: " + shape.text());
    Address memory = 0;
    const int error = driver_.allocate(&memory, std::max<size_t>(*bytes, 1), stream_);
    if (error == kOutOfMemory) throw OutOfMemory(*bytes, {});
    must(error, "memory of the GPU");
    // In the order of the stream: kernels that still read it come first.
    const auto release = [this](const std::byte* p) {
        enter();
        driver_.release(reinterpret_cast<Address>(p), stream_);
    };
    return {shape, type,
            std::shared_ptr<const std::byte>(reinterpret_cast<const std::byte*>(memory), release),
            this};
}

Tensor CudaBackend::upload(const Tensor& x) {
    if (x.device() == this) return x;
    CHECK(!x.device(), "a tensor of the host");
    Tensor y = make(x.shape(), x.dtype());
    if (x.elements() == 0) return y;
    must(driver_.to_device(address(y), x.raw(), x.bytes(), stream_), "a copy to the GPU");
    // The source may be a mapped file or a temporary: it must not be read later.
    must(driver_.stream_wait(stream_), "a copy to the GPU");
    return y;
}

Tensor CudaBackend::download(const Tensor& x) {
    CHECK(x.device() == this, "a tensor of this GPU");
    enter();
    Tensor y(x.shape(), x.dtype());
    if (x.elements() == 0) return y;
    must(driver_.to_host(y.raw(), address(x), x.bytes(), stream_), "a copy from the GPU");
    must(driver_.stream_wait(stream_), "the GPU's work");
    return y;
}

Tensor CudaBackend::here(const Tensor& x) { return x.defined() ? upload(x) : x; }

Handle CudaBackend::function(const char* kernel) {
    Handle& f = functions_[kernel];
    if (!f) must(driver_.get_function(&f, module_, kernel), kernel);
    return f;
}

template <typename... Arguments>
void CudaBackend::launch(const char* kernel, Grid grid, size_t shared_bytes,
                         const Arguments&... arguments) {
    enter();
    const Handle f = function(kernel);
    if (shared_bytes > 48 << 10) {
        must(driver_.set_attribute(f, kSharedBytesAttribute, static_cast<int>(shared_bytes)),
             kernel);
    }
    void* parameters[] = {const_cast<void*>(static_cast<const void*>(&arguments))...};
    must(driver_.launch(f, static_cast<unsigned>(grid.x), static_cast<unsigned>(grid.y),
                        static_cast<unsigned>(grid.z), kThreads, 1, 1,
                        static_cast<unsigned>(shared_bytes), stream_, parameters, nullptr),
         kernel);
}

template <typename... Arguments>
void CudaBackend::each(const char* kernel, int64_t count, const Arguments&... arguments) {
    if (count == 0) return;
    launch(kernel, {(count + kThreads - 1) / kThreads, 1, 1}, 0, arguments...);
}

template <typename Compute>
void CudaBackend::on_host(Tensor& y, Compute compute) {
    Tensor result(y.shape(), y.dtype());
    compute(cpu_backend(), result);
    if (y.elements() == 0) return;
    enter();
    must(driver_.to_device(address(y), result.raw(), result.bytes(), stream_), "a copy to the GPU");
    must(driver_.stream_wait(stream_), "a copy to the GPU");
}

// ---- kernels ----

void CudaBackend::activate(const Tensor& x, Activation kind, Tensor& y) {
    each("activate", x.elements(), address(x), address(y), x.elements(), static_cast<int>(kind));
}

void CudaBackend::gated(const Tensor& gate, const Tensor& up, Activation kind, Tensor& y) {
    const Tensor u = here(up);
    each("gated", gate.elements(), address(gate), address(u), address(y), gate.elements(),
         static_cast<int>(kind));
}

void CudaBackend::axpby(float a, const Tensor& x, float b, const Tensor& y, Tensor& z) {
    const Tensor second = here(y);
    each("axpby", x.elements(), a, address(x), b, address(second), address(z), x.elements());
}

void CudaBackend::multiply(const Tensor& x, const Tensor& y, Tensor& z) {
    const Tensor second = here(y);
    each("multiply", x.elements(), address(x), address(second), address(z), x.elements());
}

void CudaBackend::affine(const Tensor& x, const Tensor& s, const Tensor& t, Tensor& y) {
    const Tensor factor = here(s), term = here(t);
    each("affine", x.elements(), address(x), address(factor), address(term), address(y),
         x.elements(), x.dim(-1));
}

void CudaBackend::gated_add(Tensor& x, const Tensor& gate, const RowMap& map, const Tensor& y) {
    const Tensor table = here(gate), rows = here(map.rows), added = here(y);
    each("gated_add", x.elements(), address(x), address(table), table.dim(0), address(rows),
         x.dim(1), address(added), x.elements(), x.dim(2));
}

void CudaBackend::modulate(const Tensor& x, const Modulation& m, Tensor& y) {
    const Tensor scale = here(m.scale), shift = here(m.shift), rows = here(m.map.rows);
    const int64_t scale_rows = scale.defined() ? scale.dim(0) : 0,
                  shift_rows = shift.defined() ? shift.dim(0) : 0;
    each("modulate", x.elements(), address(x), address(scale), scale_rows, address(shift),
         shift_rows, address(rows), x.dim(1), address(y), x.elements(), x.dim(2));
}

void CudaBackend::scale_heads(Tensor& x, const Tensor& g) {
    const Tensor factors = here(g);
    each("scale_heads", x.elements(), address(x), address(factors), x.elements(), x.dim(3));
}

void CudaBackend::rope(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout) {
    const Tensor c = here(cos), s = here(sin);
    const int64_t pairs = x.elements() / 2;
    each("rope", pairs, address(x), address(c), address(s), pairs, x.dim(1), x.dim(2), x.dim(3) / 2,
         c.dim(0), c.dim(2), layout == RopeLayout::Halves ? 1 : 0);
}

void CudaBackend::norm(const Tensor& x, const NormOptions& o, Tensor& y) {
    const int64_t width = x.dim(-1), tokens = x.rank() == 3 ? x.dim(1) : 1;
    if (x.elements() == 0) return;
    const Tensor weight = here(o.weight), bias = here(o.bias), scale = here(o.modulation.scale),
                 shift = here(o.modulation.shift), rows = here(o.modulation.map.rows);
    const int64_t scale_rows = scale.defined() ? scale.dim(0) : 0,
                  shift_rows = shift.defined() ? shift.dim(0) : 0;
    launch("norm_rows", {x.elements() / width, 1, 1}, 0, address(x), address(y), width,
           o.kind == NormKind::Layer ? 1 : 0, o.eps, address(weight), address(bias), address(scale),
           scale_rows, address(shift), shift_rows, address(rows), tokens);
    if (o.activation != Activation::None) activate(y, o.activation, y);
}

void CudaBackend::attention(const Tensor& q, const Tensor& k, const Tensor& v,
                            const AttentionOptions& o, Tensor& y) {
    constexpr int64_t kTile = 32;
    if (q.dim(3) > kMostDepth || v.dim(3) > kMostDepth) {
        AttentionOptions home = o;
        if (o.bias.defined()) home.bias = to_host(o.bias);
        on_host(y, [&](Backend& host, Tensor& r) {
            host.attention(to_host(q), to_host(k), to_host(v), home, r);
        });
        return;
    }
    if (q.elements() == 0) return;
    const Tensor keys = here(k), values = here(v), bias = here(o.bias);
    const AttentionArguments arguments = {address(q),
                                          address(keys),
                                          address(values),
                                          address(bias),
                                          address(y),
                                          q.dim(1),
                                          q.dim(2),
                                          q.dim(3),
                                          k.dim(1),
                                          k.dim(2),
                                          v.dim(3),
                                          o.key_count,
                                          o.window,
                                          bias.defined() ? bias.dim(0) : 1,
                                          bias.defined() ? bias.dim(1) : 1,
                                          o.scale,
                                          o.causal ? 1 : 0};
    const auto shared = static_cast<size_t>(kTile * (2 * q.dim(3) + 1 + v.dim(3))) * sizeof(float);
    launch("attention", {(q.dim(1) + kTile - 1) / kTile, q.dim(2), q.dim(0)}, shared, arguments);
}

void CudaBackend::permute(const Tensor& x, std::span<const int> axes, Tensor& y) {
    if (block_elements(x.dtype()) != 1 || block_bytes(x.dtype()) != 4) {
        on_host(y, [&](Backend& host, Tensor& r) { host.permute(to_host(x), axes, r); });
        return;
    }
    int64_t strides[Shape::kMaxRank] = {};
    int64_t stride = 1;
    for (int a = x.rank() - 1; a >= 0; --a) {
        strides[a] = stride;
        stride *= x.dim(a);
    }
    Permutation p{x.rank(), {}, {}};
    for (int a = 0; a < x.rank(); ++a) {
        p.dims[a] = y.dim(a);
        p.strides[a] = strides[axes[static_cast<size_t>(a)]];
    }
    each("permute", x.elements(), address(x), address(y), x.elements(), p);
}

// ---- products ----

void CudaBackend::product(const Tensor& x, const Tensor& w, int64_t batch, int64_t m, int64_t k,
                          int64_t n, const Tensor& bias, Tensor& y) {
    // Numbers of the cuBLASLt interface.
    constexpr int kF32 = 0, kComputeF32 = 68, kTransposeA = 3, kEpilogue = 7, kBias = 8,
                  kBatchCount = 5, kBatchStride = 6;
    constexpr int kTransposed = 1, kWithBias = 4;
    constexpr int64_t kWorkspaceBytes = 32 << 20;
    enter();
    if (!workspace_.defined()) workspace_ = make({kWorkspaceBytes}, DType::U8);
    const auto good = [](int status, const char* doing) {
        CHECK(status == 0,
              std::string("cuBLASLt, ") + doing + ": status " + std::to_string(status));
    };
    Handle operation = nullptr, la = nullptr, lb = nullptr, lc = nullptr;
    good(products_.describe(&operation, kComputeF32, kF32), "an operation");
    good(products_.set(operation, kTransposeA, &kTransposed, sizeof kTransposed), "transposition");
    if (bias.defined()) {
        const Address at = address(bias);
        good(products_.set(operation, kEpilogue, &kWithBias, sizeof kWithBias), "a bias");
        good(products_.set(operation, kBias, &at, sizeof at), "a bias");
    }
    const auto rows = [](int64_t count) { return static_cast<uint64_t>(count); };
    good(products_.layout(&la, kF32, rows(k), rows(n), k), "a layout");
    good(products_.layout(&lb, kF32, rows(k), rows(m), k), "a layout");
    good(products_.layout(&lc, kF32, rows(n), rows(m), n), "a layout");
    if (batch > 1) {
        const auto count = static_cast<int32_t>(batch);
        const auto set = [&](Handle layout, int64_t stride) {
            good(products_.set_layout(layout, kBatchCount, &count, sizeof count), "a batch");
            good(products_.set_layout(layout, kBatchStride, &stride, sizeof stride), "a batch");
        };
        set(la, n * k);
        set(lb, m * k);
        set(lc, m * n);
    }
    const float one = 1, zero = 0;
    const auto at = [](const Tensor& t) { return const_cast<std::byte*>(t.raw()); };
    good(products_.multiply(blas_, operation, &one, at(w), la, at(x), lb, &zero, at(y), lc, at(y),
                            lc, nullptr, at(workspace_), kWorkspaceBytes, stream_),
         "a product");
    for (const Handle layout : {la, lb, lc}) products_.release_layout(layout);
    products_.release_description(operation);
}

void CudaBackend::linear(const Tensor& x, const Tensor& weight, const Tensor& bias,
                         Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                         Tensor& y) {
    auto wide = std::static_pointer_cast<Tensor>(packed);
    if (!wide) {
        wide = std::make_shared<Tensor>(here(weight.device() ? weight : weight.widened()));
        if (may_keep) packed = wide;
    }
    product(x, *wide, 1, x.dim(0), x.dim(1), weight.dim(0), here(bias), y);
    if (activation != Activation::None) activate(y, activation, y);
}

void CudaBackend::linear_bf16(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                              Tensor& y) {
    linear(x, weight, bias, activation, packed, may_keep, y);
}

void CudaBackend::linear_int8(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                              Tensor& y) {
    linear(x, weight, bias, activation, packed, may_keep, y);
}

void CudaBackend::matmul_nt(const Tensor& a, const Tensor& b, Tensor& c) {
    product(a, here(b), a.dim(0), a.dim(1), a.dim(2), b.dim(1), {}, c);
}

// ---- moves ----

void CudaBackend::concat(std::span<const Tensor> parts, int axis, Tensor& y) {
    std::vector<Tensor> home;
    for (const Tensor& p : parts) home.push_back(to_host(p));
    on_host(y, [&](Backend& host, Tensor& r) { host.concat(home, axis, r); });
}

void CudaBackend::slice(const Tensor& x, int axis, int64_t begin, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) { host.slice(to_host(x), axis, begin, r); });
}

void CudaBackend::pad(const Tensor& x, int axis, int64_t before, int64_t after, PadMode mode,
                      Tensor& y) {
    on_host(y,
            [&](Backend& host, Tensor& r) { host.pad(to_host(x), axis, before, after, mode, r); });
}

void CudaBackend::repeat(const Tensor& x, int axis, int64_t factor, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) { host.repeat(to_host(x), axis, factor, r); });
}

void CudaBackend::gather_rows(const Tensor& table, const Tensor& ids, Tensor& y) {
    on_host(y,
            [&](Backend& host, Tensor& r) { host.gather_rows(to_host(table), to_host(ids), r); });
}

// ---- no kernel yet ----

void CudaBackend::conv(const Tensor& x, const Tensor& weight, const Tensor& bias,
                       const ConvGeometry& geometry, Activation activation,
                       std::shared_ptr<void>& packed, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) {
        host.conv(to_host(x), to_host(weight), to_host(bias), geometry, activation, packed, r);
    });
}

void CudaBackend::conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                   int64_t stride, int64_t padding, std::shared_ptr<void>& packed,
                                   Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) {
        host.conv_transpose1d(to_host(x), to_host(weight), to_host(bias), stride, padding, packed,
                              r);
    });
}

void CudaBackend::group_norm(const Tensor& x, int groups, float eps, const Tensor& weight,
                             const Tensor& bias, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) {
        host.group_norm(to_host(x), groups, eps, to_host(weight), to_host(bias), r);
    });
}

void CudaBackend::attention_int(const Tensor& q, const Tensor& k, const Tensor& v,
                                const AttentionOptions& options, Tensor& y) {
    attention(q, k, v, options, y);
}

void CudaBackend::neighbourhood_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                          std::array<int64_t, 3> kernel, float scale, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) {
        host.neighbourhood_attention(to_host(q), to_host(k), to_host(v), kernel, scale, r);
    });
}

void CudaBackend::snake(const Tensor& x, const SnakeOptions& o, Tensor& y) {
    const SnakeOptions home = {to_host(o.alpha), to_host(o.beta), o.log_scale, to_host(o.up),
                               to_host(o.down)};
    on_host(y, [&](Backend& host, Tensor& r) { host.snake(to_host(x), home, r); });
}

void CudaBackend::magnitude(const Tensor& x, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) { host.magnitude(to_host(x), r); });
}

void CudaBackend::log_floor(const Tensor& x, float floor, Tensor& y) {
    on_host(y, [&](Backend& host, Tensor& r) { host.log_floor(to_host(x), floor, r); });
}

}  // namespace tensor::cuda

namespace tensor {

base::Result<Backend*> cuda_backend() {
    static const base::Result<cuda::CudaBackend*> backend = cuda::CudaBackend::start();
    if (!backend.ok()) return backend.error();
    return static_cast<Backend*>(*backend);
}

}  // namespace tensor
