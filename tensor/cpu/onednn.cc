// Matrix products and convolutions by oneDNN, the only file that knows it. f32 arithmetic
// throughout; weights of other types are widened while they are packed.
//
// A primitive serves one set of sizes; making one costs 0.2 ms, so they are kept by their
// description.
#include <algorithm>
#include <chrono>
#include <dnnl.hpp>
#include <limits>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/check.h"
#include "base/cpu/isa.h"
#include "tensor/core/memory.h"
#include "tensor/core/parallel.h"
#include "tensor/cpu/bf16.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/gemm.h"
#include "tensor/cpu/int8.h"
#include "tensor/cpu/kernels.h"
#include "tensor/cpu/scratch.h"
#include "tensor/cpu/winograd.h"

namespace tensor {
namespace {

using dnnl::memory;
using Dims = memory::dims;
using Tag = memory::format_tag;

constexpr auto kF32 = memory::data_type::f32;

dnnl::engine& engine() {
    static dnnl::engine e(dnnl::engine::kind::cpu, 0);
    return e;
}
// A primitive has ended when execute() and wait() return, so one stream a thread is enough.
dnnl::stream& stream() {
    thread_local dnnl::stream s(engine());
    return s;
}
memory wrap(const memory::desc& desc, const void* data) {
    return {desc, engine(), const_cast<void*>(data)};
}
memory::desc strided(const Dims& dims, const Dims& strides) { return {dims, kF32, strides}; }
memory::desc any(const Dims& dims) { return {dims, kF32, Tag::any}; }

// A weight in the order that a primitive wants.
struct Packed {
    memory::desc desc;
    std::shared_ptr<std::byte> bytes;
    const float* data() const { return reinterpret_cast<const float*>(bytes.get()); }
};

std::shared_ptr<Packed> pack(const memory::desc& from, const void* data, const memory::desc& to) {
    auto packed = std::make_shared<Packed>(Packed{to, allocate(to.get_size())});
    memory source = wrap(from, data);
    memory target = wrap(to, packed->data());
    dnnl::reorder(source, target).execute(stream(), source, target);
    stream().wait();
    return packed;
}

// Primitives by the numbers that describe them.
template <typename Primitive>
class Cache {
public:
    using Key = std::vector<int64_t>;
    template <typename Make>
    Primitive get(const Key& key, Make make) {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(key);
        if (found != known_.end()) return found->second;
        if (known_.size() > 4096) known_.clear();
        return known_.emplace(key, make()).first->second;
    }

private:
    struct Hash {
        size_t operator()(const Key& key) const {
            uint64_t h = 0xcbf29ce484222325u;
            for (const int64_t k : key) h = (h ^ static_cast<uint64_t>(k)) * 0x100000001b3u;
            return h;
        }
    };
    std::mutex mutex_;
    std::unordered_map<Key, Primitive, Hash> known_;
};

// Below this a second thread costs more than it gives: 0.1 ms of one core's work.
constexpr double kSmallFlop = 5e6;

double flop(double a, double b, double c) { return 2 * a * b * c; }

struct Product {
    dnnl::matmul primitive;
    memory::desc a, b, bias, c;
};

// What is multiplied, and what the sums are kept in.
enum class Operands : uint8_t {
    F32,
    BF16,  // sums in f32
    // u8 x s8, sums in s32. oneDNN 2.6: vpdpbusd where there is one; with AVX2 vpmaddubsw, which is
    // exact only within int8_weight_limit().
    Int8,
};

// c [m,n] = a [m,k] b [k,n] + bias [n], b in the order that oneDNN chooses.
Product product(int64_t m, int64_t k, int64_t n, bool with_bias, Operands operands) {
    static Cache<Product> cache;
    return cache.get({m, k, n, with_bias, static_cast<int64_t>(operands), threads()}, [&] {
        using Type = memory::data_type;
        const bool f32 = operands == Operands::F32, int8 = operands == Operands::Int8;
        Product p;
        p.a = {{m, k}, f32 ? Type::f32 : int8 ? Type::u8 : Type::bf16, Dims{k, 1}};
        p.c = {{m, n}, int8 ? Type::s32 : Type::f32, Dims{n, 1}};
        const memory::desc b({k, n}, f32 ? Type::f32 : int8 ? Type::s8 : Type::bf16, Tag::any);
        if (with_bias) p.bias = strided({1, n}, {n, 1});
        const auto desc =
            with_bias ? dnnl::matmul::desc(p.a, b, p.bias, p.c) : dnnl::matmul::desc(p.a, b, p.c);
        const dnnl::matmul::primitive_desc chosen(desc, engine());
        p.b = chosen.weights_desc();
        p.primitive = dnnl::matmul(chosen);
        return p;
    });
}

void run(const Product& p, const void* a, const void* b, const float* bias, void* c) {
    std::unordered_map<int, memory> arguments = {{DNNL_ARG_SRC, wrap(p.a, a)},
                                                 {DNNL_ARG_WEIGHTS, wrap(p.b, b)},
                                                 {DNNL_ARG_DST, wrap(p.c, c)}};
    if (bias) arguments.emplace(DNNL_ARG_BIAS, wrap(p.bias, bias));
    p.primitive.execute(stream(), arguments);
    stream().wait();
}

// Weights of one layer for the input sizes it met: the order may depend on them.
struct PackedSet {
    std::vector<std::shared_ptr<Packed>> forms;
    const float* find(const memory::desc& desc) const {
        for (const auto& f : forms) {
            if (f->desc == desc) return f->data();
        }
        return nullptr;
    }
};

PackedSet& packed_set(std::shared_ptr<void>& packed) {
    if (!packed) packed = std::make_shared<PackedSet>();
    return *static_cast<PackedSet*>(packed.get());
}

// oneDNN 2.6 multiplies packed weights only with AVX-512 (matmul "brg:avx512_core"). Ours (gemm.h)
// packs them anew each time, which costs as much as the arithmetic of some 40 rows: with 256 rows
// it is the slower one, with 384 as fast, with 1,000 faster, and it keeps no second copy of the
// weight. oneDNN's AVX2 product packs as it goes too and is at 20 to 40 % of the ceiling below 500
// rows, where ours stays above 70 %. Figures: docs/speed.md.
bool packing_pays(int64_t rows) {
    return base::isa() == base::Isa::Avx512 && rows > 8 && rows < 384;
}

const float* bias_or_null(const Tensor& bias) { return bias.defined() ? bias.f32() : nullptr; }

}  // namespace

void CpuBackend::linear(const Tensor& x, const Tensor& weight, const Tensor& bias,
                        Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                        Tensor& y) {
    const int64_t m = x.dim(0), k = x.dim(1), n = weight.dim(0);
    const float* b = bias_or_null(bias);
    const OneThread small(
        flop(static_cast<double>(m), static_cast<double>(k), static_cast<double>(n)) < kSmallFlop);
    if (!may_keep || !packing_pays(m)) {
        gemm(x, weight, b, activation, y);
        return;
    }
    const Product p = product(m, k, n, b, Operands::F32);
    PackedSet& set = packed_set(packed);
    const float* w = set.find(p.b);
    if (!w) {
        const Tensor wide = weight.widened();
        set.forms = {pack(strided({k, n}, {1, k}), wide.f32(), p.b)};
        w = set.forms.back()->data();
    }
    run(p, x.f32(), w, b, y.f32());
    if (activation != Activation::None) activate(y, activation, y);
}

namespace {

Tensor narrowed(const Tensor& x) {
    Tensor y(x.shape(), DType::BF16);
    const int64_t rows = x.dim(0), width = x.dim(1);
    parallel_for(rows, 4, [&](int64_t begin, int64_t end) {
        Scratch& scratch = thread_scratch();
        scratch.begin(Scratch::padded(width));
        float* wide = scratch.take(width);
        for (int64_t r = begin; r < end; ++r) {
            x.widen_into(r * width, width, wide);
            narrow(DType::BF16, wide, width, y.raw() + r * width * 2);
        }
    });
    return y;
}

}  // namespace

bool has_bf16_dots() {
#if defined(__x86_64__)
    return base::isa() == base::Isa::Avx512 && __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

void CpuBackend::linear_bf16(const Tensor& x, const Tensor& weight, const Tensor& bias,
                             Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                             Tensor& y) {
    const int64_t m = x.dim(0), k = x.dim(1), n = weight.dim(0);
    const float* b = bias_or_null(bias);
    const Tensor codes = narrowed(x);
    const auto short_weight = [&] {
        return weight.dtype() == DType::BF16 ? weight : narrowed(weight);
    };
    if (!has_bf16_dots()) {
        gemm(codes.widened(), short_weight(), b, activation, y);
        return;
    }
    const Product p = product(m, k, n, b, Operands::BF16);
    auto form = std::static_pointer_cast<Packed>(packed);
    if (!form || form->desc != p.b) {
        const Tensor w = short_weight();
        form = pack({{k, n}, memory::data_type::bf16, Dims{1, k}}, w.raw(), p.b);
        if (may_keep) packed = form;
    }
    run(p, codes.raw(), form->bytes.get(), b, y.f32());
    if (activation != Activation::None) activate(y, activation, y);
}

double bf16_gain() {
    if (!has_bf16_dots()) return 0;
    const OneThread alone(true);
    const int64_t m = 128, k = 1024, n = 1024;
    const Tensor x = Tensor::full({m, k}, 0.5f), weight = Tensor::full({n, k}, 0.25f);
    Tensor y(Shape{m, n});
    std::shared_ptr<void> packed_wide, packed_short;
    const auto seconds = [&](auto product, std::shared_ptr<void>& packed) {
        const auto start = std::chrono::steady_clock::now();
        (cpu_backend().*product)(x, weight, {}, Activation::None, packed, true, y);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    // In turns, and the least of many: whoever shares the core must not turn the answer, or the
    // same film would be computed in other numbers after a restart.
    double wide = std::numeric_limits<double>::infinity(), narrow = wide;
    for (int i = 0; i < 16; ++i) {
        wide = std::min(wide, seconds(&Backend::linear, packed_wide));
        narrow = std::min(narrow, seconds(&Backend::linear_bf16, packed_short));
    }
    return wide / narrow;
}

namespace {

// A layer's weight in 8 bits: scales, and the codes in the order that a primitive wants.
struct QuantisedSet {
    Int8Weight weight;
    std::shared_ptr<Packed> form;
};

}  // namespace

void CpuBackend::linear_int8(const Tensor& x, const Tensor& weight, const Tensor& bias,
                             Activation activation, std::shared_ptr<void>& packed, bool may_keep,
                             Tensor& y) {
    const int64_t m = x.dim(0), k = x.dim(1), n = weight.dim(0);
    const Product p = product(m, k, n, false, Operands::Int8);
    auto set = std::static_pointer_cast<QuantisedSet>(packed);
    if (!set || set->form->desc != p.b) {
        set = std::make_shared<QuantisedSet>();
        set->weight = quantise_weight(weight, int8_weight_limit());
        set->form = pack({{k, n}, memory::data_type::s8, Dims{1, k}}, set->weight.codes.raw(), p.b);
        set->weight.codes = {};
        if (may_keep) packed = set;
    }
    Tensor codes(x.shape(), DType::U8);
    std::vector<float> scales(static_cast<size_t>(m));
    auto* to = reinterpret_cast<uint8_t*>(codes.raw());
    parallel_for(m, 4, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r)
            scales[static_cast<size_t>(r)] = quantise_row(x.f32() + r * k, k, to + r * k);
    });
    run(p, to, set->form->bytes.get(), nullptr, y.f32());
    const float* b = bias_or_null(bias);
    float* out = y.f32();
    parallel_for(m, 4, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) {
            scale_sums(out + r * n, n, scales[static_cast<size_t>(r)], set->weight, b);
            kernels::activate(out + r * n, out + r * n, n, activation);
        }
    });
}

void CpuBackend::matmul_nt(const Tensor& a, const Tensor& b, Tensor& c) {
    const OneThread small(flop(static_cast<double>(a.dim(0) * a.dim(1)),
                               static_cast<double>(a.dim(2)),
                               static_cast<double>(b.dim(1))) < kSmallFlop);
    const int64_t batch = a.dim(0), m = a.dim(1), k = a.dim(2), n = b.dim(1);
    static Cache<Product> cache;
    const Product p = cache.get({batch, m, k, n, threads()}, [&] {
        Product made;
        made.a = strided({batch, m, k}, {m * k, k, 1});
        made.b = strided({batch, k, n}, {n * k, 1, k});
        made.c = strided({batch, m, n}, {m * n, n, 1});
        made.primitive = dnnl::matmul(
            dnnl::matmul::primitive_desc(dnnl::matmul::desc(made.a, made.b, made.c), engine()));
        return made;
    });
    run(p, a.f32(), b.f32(), nullptr, c.f32());
}

namespace {

struct Convolution {
    dnnl::convolution_forward primitive;
    memory::desc x, w, bias, y;
};

// oneDNN 2.6's brgconv compiles a kernel for every edge of the picture: 10 ms and some MiB a
// primitive, which a small convolution never earns back.
constexpr double kWorthCompiling = 1e9;

using ConvolutionChoice = dnnl::convolution_forward::primitive_desc;

ConvolutionChoice implementation(const dnnl::convolution_forward::desc& desc, double work) {
    ConvolutionChoice chosen(desc, engine());
    const auto is = [&](std::string_view name) {
        return std::string_view(chosen.impl_info_str()).starts_with(name);
    };
    while (work < kWorthCompiling && is("brgconv")) {
        if (!chosen.next_impl() || is("ref")) return ConvolutionChoice(desc, engine());
    }
    return chosen;
}

// A convolution's weight in the orders of the two ways; which one is taken depends on the picture.
struct ConvForms {
    std::shared_ptr<void> direct, winograd;
};

}  // namespace

void CpuBackend::conv(const Tensor& x, const Tensor& weight, const Tensor& bias,
                      const ConvGeometry& g, Activation activation, std::shared_ptr<void>& packed,
                      Tensor& y) {
    if (!packed) packed = std::make_shared<ConvForms>();
    auto& forms = *static_cast<ConvForms*>(packed.get());
    if (winograd_fits(x, weight, g, y)) {
        winograd_conv(x, weight, bias, g, forms.winograd, y);
        if (activation != Activation::None) activate(y, activation, y);
        return;
    }
    const int64_t batch = x.dim(0), c = x.dim(4), n = weight.dim(0);
    const Dims in = {batch, c, x.dim(1), x.dim(2), x.dim(3)};
    const Dims out = {batch, n, y.dim(1), y.dim(2), y.dim(3)};
    const Dims kernel = {n, c, weight.dim(2), weight.dim(3), weight.dim(4)};
    const auto dims = [](const std::array<int64_t, 3>& a) { return Dims(a.begin(), a.end()); };
    const double work = flop(static_cast<double>(y.elements()), static_cast<double>(c),
                             static_cast<double>(weight.elements() / (n * c)));
    const OneThread small(work < kSmallFlop);
    static Cache<Convolution> cache;
    Cache<Convolution>::Key key = {bias.defined(), threads()};
    for (const Dims& d :
         {in, out, kernel, dims(g.stride), dims(g.pad_front), dims(g.pad_back), dims(g.dilation)}) {
        key.insert(key.end(), d.begin(), d.end());
    }
    const Convolution p = cache.get(key, [&] {
        Convolution made;
        made.x = {in, kF32, Tag::ndhwc};
        made.y = {out, kF32, Tag::ndhwc};
        if (bias.defined()) made.bias = {{n}, kF32, Tag::x};
        Dims dilation = dims(g.dilation);
        for (auto& d : dilation) --d;  // oneDNN counts the gaps
        const dnnl::convolution_forward::desc desc(dnnl::prop_kind::forward_inference,
                                                   dnnl::algorithm::convolution_direct, made.x,
                                                   any(kernel), made.bias, made.y, dims(g.stride),
                                                   dilation, dims(g.pad_front), dims(g.pad_back));
        const auto chosen = implementation(desc, work);
        made.w = chosen.weights_desc();
        made.primitive = dnnl::convolution_forward(chosen);
        return made;
    });
    PackedSet& set = packed_set(forms.direct);
    const float* w = set.find(p.w);
    if (!w) {
        const Tensor wide = weight.widened();
        set.forms = {pack({kernel, kF32, Tag::oidhw}, wide.f32(), p.w)};
        w = set.forms.back()->data();
    }
    std::unordered_map<int, memory> arguments = {{DNNL_ARG_SRC, wrap(p.x, x.f32())},
                                                 {DNNL_ARG_WEIGHTS, wrap(p.w, w)},
                                                 {DNNL_ARG_DST, wrap(p.y, y.f32())}};
    if (bias.defined()) arguments.emplace(DNNL_ARG_BIAS, wrap(p.bias, bias.f32()));
    p.primitive.execute(stream(), arguments);
    stream().wait();
    if (activation != Activation::None) activate(y, activation, y);
}

void CpuBackend::conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias,
                                  int64_t stride, int64_t padding, std::shared_ptr<void>& packed,
                                  Tensor& y) {
    // As a matrix product and a scatter-add: column a of the product is what tap a adds.
    const int64_t batch = x.dim(0), in_length = x.dim(1), c = x.dim(2), length = y.dim(1),
                  n = y.dim(2);
    const int64_t k = weight.dim(2);
    PackedSet& set = packed_set(packed);
    const Product p = product(batch * in_length, c, k * n, false, Operands::F32);
    const float* w = set.find(p.b);
    if (!w) {
        const Tensor wide = tensor::permute(weight.widened(), {2, 1, 0});  // [k,n,c]
        set.forms = {pack(strided({c, k * n}, {1, c}), wide.f32(), p.b)};
        w = set.forms.back()->data();
    }
    Tensor taps(Shape{batch, in_length, k, n});
    run(p, x.f32(), w, nullptr, taps.f32());
    const float* b = bias_or_null(bias);
    float* out = y.f32();
    parallel_for(batch * length, 64, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) {
            float* row = out + r * n;
            for (int64_t j = 0; j < n; ++j) row[j] = b ? b[j] : 0.0f;
            const int64_t at = r % length + padding;
            const int64_t newest = std::min(at / stride, in_length - 1);
            for (int64_t i = std::max<int64_t>(0, (at - k + stride) / stride); i <= newest; ++i) {
                const float* tap =
                    taps.f32() + ((r / length * in_length + i) * k + (at - i * stride)) * n;
                for (int64_t j = 0; j < n; ++j) row[j] += tap[j];
            }
        }
    });
}

}  // namespace tensor
