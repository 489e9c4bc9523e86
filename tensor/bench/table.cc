#include "tensor/bench/table.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "tensor/backend.h"
#include "tensor/bench/naive.h"
#include "tensor/core/parallel.h"
#include "tensor/cpu/ceiling.h"

namespace tensor::bench {
namespace {

double process_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

double median_seconds(const std::function<void()>& run, int repeats) {
    run();
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        const double start = process_seconds();
        run();
        times.push_back(process_seconds() - start);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

Tensor values(const Shape& shape) {
    Tensor t(shape);
    uint32_t state = 1;
    for (int64_t i = 0; i < t.elements(); ++i) {
        state = state * 1664525u + 1013904223u;
        t.f32()[i] = static_cast<float>(state >> 8) * 0x1p-24f - 0.5f;
    }
    return t;
}

Tensor stored(const Shape& shape, DType type) {
    // Values of a row repeat: making millions of them is not what is measured.
    const Tensor row = values({1, shape[-1]});
    Tensor t(shape, type);
    const size_t bytes = t.bytes() / static_cast<size_t>(shape[0]);
    for (int64_t i = 0; i < shape[0]; ++i) {
        if (i == 0) {
            narrow(type, row.f32(), row.elements(), t.raw());
        } else {
            std::copy_n(t.raw(), bytes, t.raw() + static_cast<size_t>(i) * bytes);
        }
    }
    return t;
}

class Table {
public:
    explicit Table(const Options& options) : options_(options) {}

    // Called only for rows that are wanted: setup makes inputs and returns what to time.
    using Setup = std::function<std::function<void()>()>;

    void arithmetic(const std::string& name, double operations, const Setup& ours,
                    const Setup& other = {}, const char* other_name = "oneDNN",
                    double Ceiling::*unit = &Ceiling::f32) {
        if (!name.starts_with(options_.only)) return;
        const double top = measure_ceiling().*unit;
        const double rate = 1e-9 * operations / median_seconds(ours(), options_.repeats);
        std::printf("%-52s %8.1f Gop/s", name.c_str(), rate);
        if (top > 0) std::printf(" %5.0f %% of %4.0f", 100 * rate / top, top);
        if (const auto run = other ? other() : std::function<void()>()) {
            const double beside = 1e-9 * operations / median_seconds(run, options_.repeats);
            std::printf("   %s %7.1f  ratio %.2f", other_name, beside, rate / beside);
        }
        finish();
    }
    void memory(const std::string& name, double bytes, const Setup& ours) {
        if (!name.starts_with(options_.only)) return;
        const double took = median_seconds(ours(), options_.repeats);
        std::printf("%-52s %8.1f GB/s  %8.2f ms", name.c_str(), 1e-9 * bytes / took, 1e3 * took);
        finish();
    }
    int rows() const { return rows_; }

private:
    void finish() {
        std::printf("\n");
        std::fflush(stdout);
        ++rows_;
    }
    const Options& options_;
    int rows_ = 0;
};

std::string sizes(std::initializer_list<int64_t> dims) { return Shape(dims).text(); }

void attention_rows(Table& t) {
    for (const int64_t depth : {64, 128}) {
        for (const int64_t tokens : {512, 2048, 6144}) {
            const int64_t heads = tokens > 4000 ? 1 : 2;
            t.arithmetic(
                "attention self " + sizes({1, tokens, heads, depth}),
                4.0 * static_cast<double>(heads * tokens * tokens * depth),
                [=] {
                    const Tensor q = values({1, tokens, heads, depth}), k = q.clone(),
                                 v = q.clone();
                    return [=] { attention(q, k, v, {.scale = 0.125f}); };
                },
                [=] { return naive_attention(heads, tokens, depth); });
        }
    }
    for (const int64_t depth : {64, 128}) {
        const int64_t tokens = 6144;
        const auto setup = [=](Compute compute) {
            return [=]() -> std::function<void()> {
                const Tensor q = values({1, tokens, 1, depth}), k = q.clone(), v = q.clone();
                return [=] {
                    const ComputeScope scope(compute);
                    attention(q, k, v, {.scale = 0.125f});
                };
            };
        };
        t.arithmetic("attention int8 " + sizes({1, tokens, 1, depth}),
                     4.0 * static_cast<double>(tokens * tokens * depth), setup(Compute::Int8),
                     setup(Compute::F32), "ours in f32");
    }
    t.arithmetic("attention cross 3120x4x128, 512 keys", 4.0 * 3120 * 512 * 4 * 128, [] {
        const Tensor q = values({1, 3120, 4, 128}), k = values({1, 512, 4, 128}), v = k.clone();
        return [=] { attention(q, k, v, {.scale = 0.1f}); };
    });
    t.arithmetic("attention causal 2048x8x64, 2 key heads", 2.0 * 2048 * 2048 * 8 * 64, [] {
        const Tensor q = values({1, 2048, 8, 64}), k = values({1, 2048, 2, 64}), v = k.clone();
        return [=] { attention(q, k, v, {.scale = 0.125f, .causal = true}); };
    });
    const auto neighbours = [&t](std::array<int64_t, 3> size, std::array<int64_t, 3> kernel) {
        const double volume = static_cast<double>(size[0] * size[1] * size[2]),
                     window = static_cast<double>(kernel[0] * kernel[1] * kernel[2]);
        t.arithmetic("neighbourhood " + sizes({size[0], size[1], size[2], 1, 64}) + " of " +
                         sizes({kernel[0], kernel[1], kernel[2]}),
                     4.0 * volume * window * 64, [=] {
                         const Tensor q = values({1, size[0], size[1], size[2], 1, 64}),
                                      k = q.clone(), v = q.clone();
                         return [=] { neighbourhood_attention(q, k, v, kernel, 0.125f); };
                     });
    };
    neighbours({12, 24, 36}, {11, 11, 11});
    neighbours({8, 24, 36}, {3, 7, 7});
}

void linear_rows(Table& t) {
    const auto row = [&t](int64_t m, int64_t n, int64_t k, DType type, bool kept) {
        t.arithmetic("linear " + sizes({m, k}) + " x " + sizes({n, k}) + " " +
                         std::string(dtype_name(type)) + (kept ? "" : " not kept"),
                     2.0 * static_cast<double>(m * n * k), [=] {
                         const Tensor x = values({m, k});
                         const Linear layer(stored({n, k}, type), values({n}));
                         return [=] {
                             set_packed_budget(kept ? UINT64_MAX : 0);
                             layer(x);
                             set_packed_budget(UINT64_MAX);
                         };
                     });
    };
    row(3120, 4096, 4096, DType::F32, true);
    row(1024, 16384, 4096, DType::F32, true);
    row(1024, 4096, 16384, DType::F32, true);
    row(3120, 1536, 1536, DType::F32, true);
    row(3120, 8960, 1536, DType::F32, true);
    row(3120, 1536, 8960, DType::F32, true);
    row(256, 4096, 4096, DType::F32, true);
    for (const DType type : {DType::BF16, DType::F16, DType::F8E4M3, DType::Q8_0, DType::Q4_K}) {
        row(256, 4096, 4096, type, false);
    }
    row(1024, 4096, 4096, DType::BF16, false);
    row(3120, 4096, 4096, DType::BF16, false);
    for (const int64_t m : {1, 4, 16}) {
        row(m, 4096, 4096, DType::F32, true);
        for (const DType type : {DType::BF16, DType::F16, DType::Q8_0, DType::Q4_K})
            row(m, 4096, 4096, type, false);
    }
}

void int8_rows(Table& t) {
    const auto row = [&t](int64_t m, int64_t n, int64_t k) {
        const auto setup = [=](Compute compute) {
            return [=]() -> std::function<void()> {
                const Tensor x = values({m, k});
                Linear layer(stored({n, k}, DType::BF16), values({n}));
                layer.set_compute(compute);
                return [=] { layer(x); };
            };
        };
        t.arithmetic("int8 linear " + sizes({m, k}) + " x " + sizes({n, k}),
                     2.0 * static_cast<double>(m * n * k), setup(Compute::Int8),
                     setup(Compute::F32), "ours in f32", &Ceiling::int8);
    };
    row(3120, 4096, 4096);
    row(1024, 16384, 4096);
    row(3120, 8960, 1536);
    row(256, 4096, 4096);
}

void row_rows(Table& t) {
    constexpr int64_t kTokens = 3120, kWidth = 4096, kHeads = 32;
    constexpr double kBytes = 4.0 * kTokens * kWidth;
    const Tensor x = values({1, kTokens, kWidth}), other = values({1, kTokens, kWidth});
    const Tensor vector = values({kWidth}), table = values({2, kWidth});
    const RowMap map{Tensor::from_i32({kTokens}, std::vector<int32_t>(kTokens, 1))};
    t.memory("rows rms norm", 2 * kBytes, [=] { return [=] { rms_norm(x, 1e-6f, vector); }; });
    t.memory("rows layer norm, modulated", 2 * kBytes, [=] {
        const NormOptions o{.kind = NormKind::Layer, .modulation = {table, table, map}};
        return [=] { norm(x, o); };
    });
    t.memory("rows rms norm, modulated", 2 * kBytes, [=] {
        const NormOptions o{.weight = vector, .modulation = {table, table, map}};
        return [=] { norm(x, o); };
    });
    t.memory("rows modulate", 2 * kBytes, [=] {
        return [=] { modulate(x, {table, table, map}); };
    });
    t.memory("rows gated add", 3 * kBytes, [=] {
        return [=, sum = x.clone()]() mutable { gated_add_inplace(sum, table, map, other); };
    });
    t.memory("rows gelu", 2 * kBytes, [=] { return [=] { activate(x, Activation::GeluTanh); }; });
    t.memory("rows silu", 2 * kBytes, [=] { return [=] { activate(x, Activation::Silu); }; });
    t.memory("rows swiglu", 3 * kBytes, [=] { return [=] { gated(x, other, Activation::Silu); }; });
    for (const RopeLayout layout : {RopeLayout::Halves, RopeLayout::Pairs}) {
        t.memory(layout == RopeLayout::Halves ? "rows rope, halves" : "rows rope, pairs",
                 2 * kBytes, [=] {
                     Tensor heads = x.reshape({1, kTokens, kHeads, kWidth / kHeads}).clone();
                     const Tensor angle = values({1, kTokens, 1, kWidth / kHeads / 2});
                     return [=]() mutable { rope_inplace(heads, angle, angle, layout); };
                 });
    }
    t.memory("rows copy (the measure)", 2 * kBytes, [=] { return [=] { x.clone(); }; });
    const Tensor frames = values({1, 8, 64, 64, 256});
    const double volume = 4.0 * static_cast<double>(frames.elements());
    const Tensor channels = values({256});
    for (const int groups : {32, 256}) {
        t.memory("rows group norm 8x64x64x256, " + std::to_string(groups) + " groups", 2 * volume,
                 [=] { return [=] { group_norm(frames, groups, 1e-6f, channels, channels); }; });
    }
    t.memory("rows pixel norm and silu 8x64x64x256", 2 * volume, [=] {
        return [=] {
            Tensor y = rms_norm(frames, 1e-6f);
            activate_inplace(y, Activation::Silu);
        };
    });
}

}  // namespace

int run(const Options& options) {
    const int before = threads();
    set_threads(options.threads);
    std::printf("ceiling: %s\n", describe(measure_ceiling()).c_str());
    Table table(options);
    linear_rows(table);
    int8_rows(table);
    attention_rows(table);
    row_rows(table);
    set_threads(before);
    return table.rows();
}

}  // namespace tensor::bench
