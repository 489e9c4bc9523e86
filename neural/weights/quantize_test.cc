#include "neural/weights/quantize.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <random>

#include "neural/weights/open.h"
#include "neural/weights/safetensors.h"

namespace neural {
namespace {

namespace fs = std::filesystem;
using tensor::DType;
using tensor::Tensor;

Tensor noise(tensor::Shape shape, uint32_t seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, 0.05f);
    Tensor t(shape);
    for (int64_t i = 0; i < t.elements(); ++i) t.f32()[i] = normal(random);
    return t;
}

struct Quantize : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("aozora-quantize-" + std::to_string(getpid()));
    Quantize() { fs::create_directories(folder); }
    ~Quantize() override { fs::remove_all(folder); }
    std::string file(const char* name) const { return (folder / name).string(); }
    std::shared_ptr<TensorSource> model(const Tensor& matrix) const {
        Tensor half({256, 512}, DType::BF16);
        const Tensor values = noise({256, 512}, 2);
        tensor::narrow(DType::BF16, values.f32(), values.elements(), half.raw());
        EXPECT_TRUE(write_safetensors(file("in"),
                                      {{"blocks.0.q.weight", matrix},
                                       {"blocks.0.k.weight", half},
                                       {"blocks.0.odd.weight", noise({512, 96}, 3)},
                                       {"blocks.0.q.bias", noise({256}, 4)},
                                       {"blocks.0.scale_shift_table", noise({6, 4096}, 5)},
                                       {"patch_embedding.weight", noise({8, 4, 1, 2, 2}, 6)},
                                       {"head.head.weight", noise({64, 512}, 7)}},
                                      {{"config", "{\"transformer\":{}}"}})
                        .ok());
        return *open_weights(file("in"));
    }
};

TEST_F(Quantize, KeepsWhatMattersAndShrinksTheRest) {
    const Tensor matrix = noise({256, 512}, 1);
    const auto source = model(matrix);
    const std::vector<std::pair<DType, double>> types = {{DType::Q8_0, 0.01},
                                                         {DType::Q6_K, 0.03},
                                                         {DType::Q5_K, 0.05},
                                                         {DType::Q4_K, 0.1},
                                                         {DType::Q4_0, 0.12}};
    double last = 0;
    for (const auto& [type, most] : types) {
        const auto report = quantize(*source, file("out.gguf"), type);
        ASSERT_TRUE(report.ok()) << report.error().text();
        EXPECT_EQ(report->tensors, 7);
        EXPECT_EQ(report->quantised, 3);
        EXPECT_LT(report->relative_error, most) << tensor::dtype_name(type);
        EXPECT_GT(report->relative_error, last);
        EXPECT_GE(report->worst_error, report->relative_error);
        last = report->relative_error * 0.9;
        const auto out = open_weights(file("out.gguf"));
        ASSERT_TRUE(out.ok()) << out.error().text();
        EXPECT_EQ((*out)->names(), source->names());
        for (const std::string& name : source->names())
            EXPECT_EQ((*out)->info(name, source->info(name, {})->shape)->shape,
                      source->info(name, {})->shape);
        EXPECT_EQ((*out)->info("blocks.0.q.weight", {})->dtype, type);
        EXPECT_EQ((*out)->info("blocks.0.odd.weight", {})->dtype,
                  type == DType::Q4_0 ? type : DType::Q8_0);  // rows of 96: no block of 256
        EXPECT_EQ((*out)->info("head.head.weight", {})->dtype, DType::F32);
        EXPECT_EQ((*out)->load("blocks.0.scale_shift_table", {6, 4096})->to_vector(),
                  noise({6, 4096}, 5).to_vector());
        EXPECT_EQ((*out)->metadata("config"), "{\"transformer\":{}}");
        // The reported error is the error of what was written.
        double error = 0, square = 0;
        const auto back = (*out)->load("blocks.0.q.weight", {256, 512})->to_vector();
        for (size_t i = 0; i < back.size(); ++i) {
            const double v = matrix.f32()[i], d = back[i] - v;
            error += d * d;
            square += v * v;
        }
        EXPECT_NEAR(std::sqrt(error / square), report->relative_error,
                    0.5 * report->relative_error);
    }
}

TEST_F(Quantize, SaysWhatIsWrongAndLeavesNothing) {
    Tensor bad = noise({256, 512}, 1);
    bad.f32()[77] = std::numeric_limits<float>::infinity();
    const auto refused = quantize(*model(bad), file("out.gguf"), DType::Q8_0);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().text().find("blocks.0.q.weight"), std::string::npos);
    const auto source = model(noise({256, 512}, 1));
    EXPECT_EQ(quantize(*source, file("out.gguf"), DType::I64).error().kind, base::ErrorKind::Usage);
    base::CancelToken stop;
    const auto cancelled = quantize(
        *source, file("out.gguf"), DType::Q8_0,
        [&](const QuantizeProgress& p) {
            EXPECT_LE(p.done, p.total);
            stop.cancel();
        },
        &stop);
    EXPECT_EQ(cancelled.error().kind, base::ErrorKind::Cancelled);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace neural
