#include "neural/weights/scaled.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>

#include "neural/weights/loader.h"
#include "tensor/backend.h"
#include "tensor/ops/layout.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

// Tensors by name, in memory.
class Held final : public TensorSource {
public:
    explicit Held(std::map<std::string, Tensor> tensors) : tensors_(std::move(tensors)) {}
    std::string where() const override { return "held"; }
    std::vector<std::string> names() const override {
        std::vector<std::string> all;
        for (const auto& [name, t] : tensors_) all.push_back(name);
        return all;
    }
    std::optional<TensorInfo> info(const std::string& name, const Shape&) const override {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) return std::nullopt;
        return TensorInfo{found->second.dtype(), found->second.shape()};
    }
    base::Result<Tensor> load(const std::string& name, const Shape&) const override {
        return tensors_.at(name);
    }
    std::string metadata(const std::string&) const override { return {}; }

private:
    std::map<std::string, Tensor> tensors_;
};

std::vector<float> waves(int64_t count, float step) {
    std::vector<float> values(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i)
        values[static_cast<size_t>(i)] = std::sin(step * static_cast<float>(i));
    return values;
}
Tensor narrowed(Shape shape, DType type, const std::vector<float>& values) {
    Tensor t(shape, type);
    tensor::narrow(type, values.data(), t.elements(), t.raw());
    return t;
}
std::shared_ptr<TensorSource> scaled(std::map<std::string, Tensor> tensors) {
    auto source = with_scales(std::make_shared<Held>(std::move(tensors)));
    EXPECT_TRUE(source.ok()) << (source.ok() ? "" : source.error().text());
    return source.ok() ? *source : nullptr;
}
std::string refusal(std::map<std::string, Tensor> tensors) {
    const auto source = with_scales(std::make_shared<Held>(std::move(tensors)));
    return source.ok() ? "accepted" : source.error().text();
}

TEST(Scaled, Fp8InEveryShapeOfScale) {
    const Tensor codes = narrowed({6, 8}, DType::F8E4M3, waves(48, 0.7f));
    const std::vector<float> plain = codes.to_vector();
    const auto check = [&](const char* name, Shape shape, auto scale_of) {
        Tensor scales(shape);
        for (int64_t i = 0; i < scales.elements(); ++i)
            scales.f32()[i] = 0.5f + 0.25f * static_cast<float>(i);
        const auto source = scaled({{"l.weight", codes},
                                    {std::string("l.") + name, scales},
                                    {"l.input_scale", Tensor::full({1}, 9)},
                                    {"scaled_fp8", Tensor::full({1}, 0)},
                                    {"l.bias", Tensor::zeros({6})}});
        EXPECT_EQ(source->names(), (std::vector<std::string>{"l.bias", "l.weight"}));
        const Tensor w = *source->load("l.weight", {6, 8});
        EXPECT_EQ(source->info("l.weight", {6, 8})->shape, (Shape{6, 8}));
        std::vector<float> wanted = plain;
        for (size_t i = 0; i < wanted.size(); ++i)
            wanted[i] *= 0.5f + 0.25f * static_cast<float>(scale_of(i / 8, i % 8));
        EXPECT_EQ(w.to_vector(), wanted) << name << " " << shape.text();
        // Any piece is the piece of the whole.
        EXPECT_EQ(w.rows(2, 5).to_vector(),
                  std::vector<float>(wanted.begin() + 16, wanted.begin() + 40));
        std::vector<float> piece(11);
        w.rows(1, 6).widen_into(3, 11, piece.data());
        EXPECT_EQ(piece, std::vector<float>(wanted.begin() + 11, wanted.begin() + 22));
    };
    check("weight_scale", {}, [](size_t, size_t) { return 0; });
    check("scale_weight", {1}, [](size_t, size_t) { return 0; });
    check("weight_scale", {6}, [](size_t r, size_t) { return r; });
    check("weight_scale", {6, 1}, [](size_t r, size_t) { return r; });
    check("weight_scale_inv", {2, 3}, [](size_t r, size_t c) { return r / 3 * 3 + c / 3; });
}

TEST(Scaled, ALayerComputesWithThem) {
    const int64_t n = 32, k = 48;
    const Tensor codes = narrowed({n, k}, DType::F8E4M3, waves(n * k, 0.31f));
    const auto source =
        scaled({{"l.weight", codes}, {"l.weight_scale", Tensor::full({1}, 0.125f)}});
    const Loader loader(source);
    const tensor::Linear layer = loader.linear("l", k, n, false);
    ASSERT_TRUE(loader.finish(true).ok());
    const tensor::Linear plain(codes.widened());
    const Tensor x = Tensor::from({3, k}, waves(3 * k, 0.11f));
    for (const uint64_t budget : {~uint64_t{0}, uint64_t{0}}) {
        tensor::set_packed_budget(budget);
        const std::vector<float> y = layer(x).to_vector(), z = plain(x).to_vector();
        for (size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(y[i], z[i] * 0.125f, 1e-5f);
    }
    tensor::set_packed_budget(~uint64_t{0});
    // Rows of a table too.
    const int32_t ids[] = {5, 0};
    const Tensor rows = gather_rows(layer.weight(), Tensor::from_i32({2}, ids));
    EXPECT_FLOAT_EQ(rows.f32()[3], codes.to_vector()[5 * k + 3] * 0.125f);
}

TEST(Scaled, Nvfp4InBothOrders) {
    const int64_t n = 130, k = 96, per_row = k / 16;
    // Codes and scales by a rule, so that the wanted value needs no packing.
    const auto code = [](int64_t r, int64_t c) { return static_cast<uint8_t>((r * 5 + c) % 16); };
    const auto scale = [](int64_t r, int64_t b) {
        return static_cast<uint8_t>(0x38 + (r + 3 * b) % 8);  // 1 to 1.875
    };
    const float value[8] = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6};
    for (const bool tiled : {false, true}) {
        Tensor codes({n, k / 2}, DType::U8);
        Tensor scales(tiled ? Shape{256, 8} : Shape{n, per_row}, DType::F8E4M3);
        std::memset(scales.raw(), 0, scales.bytes());
        for (int64_t r = 0; r < n; ++r) {
            for (int64_t c = 0; c < k; c += 2) {
                const uint8_t a = code(r, c), b = code(r, c + 1);
                codes.raw()[r * k / 2 + c / 2] =
                    static_cast<std::byte>(tiled ? a << 4 | b : b << 4 | a);
            }
            for (int64_t b = 0; b < per_row; ++b) {
                // Row r of a tile of 128 x 4: 32 x 4 x 4 with the middle axis r / 32.
                const int64_t place =
                    tiled ? (r / 128 * 2 + b / 4) * 512 + (r % 32) * 16 + (r % 128 / 32) * 4 + b % 4
                          : r * per_row + b;
                scales.raw()[place] = static_cast<std::byte>(scale(r, b));
            }
        }
        std::map<std::string, Tensor> tensors = {{"l.weight", codes},
                                                 {"l.weight_scale", scales},
                                                 {"l.weight_scale_2", Tensor::full({}, 0.25f)}};
        if (tiled) tensors["l.comfy_quant"] = Tensor({3}, DType::U8);
        const auto source = scaled(tensors);
        EXPECT_EQ(source->names(), (std::vector<std::string>{"l.weight"}));
        const Tensor w = *source->load("l.weight", {n, k});
        ASSERT_EQ(w.shape(), (Shape{n, k}));
        const std::vector<float> got = w.rows(1, n).to_vector();
        for (int64_t r = 1; r < n; ++r) {
            for (int64_t c = 0; c < k; ++c) {
                const uint8_t q = code(r, c);
                const float magnitude =
                    value[q & 7] * tensor::f8e4m3_to_f32(scale(r, c / 16)) * 0.25f;
                ASSERT_EQ(got[static_cast<size_t>((r - 1) * k + c)], q & 8 ? -magnitude : magnitude)
                    << tiled << " " << r << " " << c;
            }
        }
    }
}

TEST(Scaled, WhatFitsNothingIsAnError) {
    const Tensor codes = narrowed({6, 8}, DType::F8E4M3, waves(48, 0.7f));
    EXPECT_NE(refusal({{"l.weight", codes}, {"l.weight_scale", Tensor::zeros({5, 1})}})
                  .find("l.weight_scale is 5x1, which does not divide l.weight 6x8"),
              std::string::npos);
    EXPECT_NE(refusal({{"l.weight", Tensor::zeros({6, 8})}, {"l.weight_scale", Tensor::zeros({1})}})
                  .find("not read here"),
              std::string::npos);
    EXPECT_NE(refusal({{"l.weight", Tensor({6, 8}, DType::U8)},
                       {"l.weight_scale", narrowed({6, 1}, DType::F8E4M3, waves(6, 1))}})
                  .find("without l.weight_scale_2"),
              std::string::npos);
    EXPECT_NE(refusal({{"l.weight", Tensor({6, 8}, DType::U8)},
                       {"l.weight_scale", narrowed({6, 2}, DType::F8E4M3, waves(12, 1))},
                       {"l.weight_scale_2", Tensor::full({1}, 1)}})
                  .find("need 6 scales of e4m3"),
              std::string::npos);
    EXPECT_EQ(refusal({{"l.weight", codes}}), "accepted");
}

}  // namespace
}  // namespace neural
