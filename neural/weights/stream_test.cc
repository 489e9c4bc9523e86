#include "neural/weights/stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/json/json.h"
#include "neural/weights/loader.h"
#include "neural/weights/open.h"
#include "tensor/core/parallel.h"

namespace neural {
namespace {

namespace fs = std::filesystem;
using tensor::Tensor;

// A safetensors file with a true header and a hole for its data: of full size, and next to nothing
// on the disk.
struct SparseFile {
    fs::path path =
        fs::temp_directory_path() / ("aozora-sparse-" + std::to_string(getpid()) + ".safetensors");
    ~SparseFile() { fs::remove(path); }

    void write(const std::vector<std::pair<std::string, std::vector<int64_t>>>& tensors) {
        base::Json header = base::Json::object();
        uint64_t at = 0;
        for (const auto& [name, shape] : tensors) {
            uint64_t bytes = 2;
            for (const int64_t d : shape) bytes *= static_cast<uint64_t>(d);
            header[name] = {
                {"dtype", "BF16"}, {"shape", shape}, {"data_offsets", {at, at + bytes}}};
            at += bytes;
        }
        const std::string text = header.dump();
        const uint64_t length = text.size();
        std::ofstream file(path, std::ios::binary);
        file.write(reinterpret_cast<const char*>(&length), 8);
        file << text;
        file.close();
        fs::resize_file(path, 8 + length + at);
    }
};

constexpr int64_t kWidth = 2048, kBlocks = 40, kLayers = 6;

std::vector<std::pair<std::string, std::vector<int64_t>>> stack() {
    std::vector<std::pair<std::string, std::vector<int64_t>>> tensors;
    for (int64_t b = 0; b < kBlocks; ++b)
        for (int64_t l = 0; l < kLayers; ++l)
            tensors.push_back({"blocks." + std::to_string(b) + "." + std::to_string(l) + ".weight",
                               {kWidth, kWidth}});
    return tensors;
}

uint64_t peak_resident_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::strtoull(line.c_str() + 6, nullptr, 10) * 1024;
    return 0;
}

// Walks through 2 GB of weights as a net would. Answers with the growth of the resident set.
uint64_t walk_in_a_child(const std::string& path, uint64_t limit) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        // OpenMP's threads do not survive a fork; one thread is enough here.
        tensor::set_threads(1);
        tensor::set_packed_budget(0);
        const std::shared_ptr<TensorSource> source = *open_weights(path);
        Loader loader(source);
        std::vector<tensor::Linear> layers;
        for (int64_t b = 0; b < kBlocks; ++b)
            for (int64_t l = 0; l < kLayers; ++l)
                layers.push_back(
                    loader.at("blocks", b).linear(std::to_string(l), kWidth, kWidth, false));
        Tensor x = Tensor::full({4, kWidth}, 1);
        layers[0](x);  // brings the kernels and their buffers in, which the plan must see
        std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins here
        // What the parent had counts as the child's, so that the weights' share is measured.
        const uint64_t before = resident_bytes();
        auto stream = WeightStream::open(source, "blocks.", limit);
        if (!stream.ok()) _exit(3);
        for (int64_t i = 0; i < kBlocks + 4; ++i) {  // once through, and into the next pass
            const int64_t b = i % kBlocks;
            (*stream)->enter(b);
            for (int64_t l = 0; l < kLayers; ++l)
                x = layers[static_cast<size_t>(b * kLayers + l)](x);
        }
        const uint64_t peak = peak_resident_bytes() - before;
        const bool written = ::write(ends[1], &peak, sizeof peak) == sizeof peak;
        _exit(written && loader.finish().ok() ? 0 : 4);
    }
    close(ends[1]);
    uint64_t peak = 0;
    EXPECT_EQ(read(ends[0], &peak, sizeof peak), static_cast<ssize_t>(sizeof peak));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    return peak;
}

TEST(WeightStream, TwoGigabytesRunInThreeHundredMegabytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory is many times the limit";
#endif
    SparseFile file;
    file.write(stack());
    ASSERT_GT(fs::file_size(file.path), 2'000'000'000u);
    constexpr uint64_t kLimit = 300'000'000;
    const auto peak = static_cast<double>(walk_in_a_child(file.path.string(), kLimit));
    RecordProperty("peak_mb", static_cast<int>(peak / 1e6));
    EXPECT_LT(peak, 1.1 * kLimit);
    EXPECT_GT(peak, 0.9 * kLimit);
}

TEST(WeightStream, SharesTheBudgetOut) {
    SparseFile file;
    file.write(stack());
    const std::shared_ptr<TensorSource> source = *open_weights(file.path.string());
    constexpr uint64_t kBlock = 2 * kWidth * kWidth * kLayers;
    const auto stream = WeightStream::open(source, "blocks.", 5 * kBlock + 1000);
    ASSERT_TRUE(stream.ok());
    EXPECT_EQ((*stream)->blocks(), kBlocks);
    EXPECT_EQ((*stream)->total_bytes(), kBlocks * kBlock);
    EXPECT_EQ((*stream)->largest_block_bytes(), kBlock);
    EXPECT_EQ((*stream)->kept_bytes(), 3 * kBlock + 1000);
    EXPECT_FALSE((*stream)->holds_everything());
    const uint64_t before = resident_bytes();
    for (int round = 0; round < 3; ++round) {
        (*stream)->enter(39);  // fetches block 0
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        (*stream)->leave();
        EXPECT_LT(resident_bytes(), before + kBlock / 2);
    }
    EXPECT_TRUE((*WeightStream::open(source, "blocks.", uint64_t{1} << 40))->holds_everything());
    const auto tight = WeightStream::open(source, "blocks.", 2 * kBlock - 1);
    ASSERT_FALSE(tight.ok());
    EXPECT_NE(tight.error().text().find("need 101 MB"), std::string::npos) << tight.error().text();
    EXPECT_FALSE(WeightStream::open(source, "layers.", 1 << 30).ok());
}

TEST(OpenWeights, FortyTwoGigabytesOpenAtOnce) {
    const char* goldens = std::getenv("AOZORA_GOLDENS");
    const fs::path table = fs::path(goldens ? goldens : AOZORA_SOURCE_DIR "/tests/data/goldens") /
                           "names" / "ltx-2.5-transformer.tsv";
    std::vector<std::pair<std::string, std::vector<int64_t>>> tensors;
    std::ifstream lines(table);
    if (!lines) GTEST_SKIP() << "AOZORA_GOLDENS does not name a folder with names/";
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        const size_t tab = line.find('\t');
        std::vector<int64_t> shape;
        for (const char* at = line.c_str() + tab + 1; *at != '\t' && *at != '\0';) {
            char* end = nullptr;
            shape.push_back(std::strtoll(at, &end, 10));
            at = *end == 'x' ? end + 1 : end;
        }
        tensors.push_back({line.substr(0, tab), shape});
    }
    // The connectors make the difference to 42 GB.
    tensors.push_back({"model.diffusion_model.connectors", {2'020'000'000}});
    SparseFile file;
    file.write(tensors);
    EXPECT_GT(fs::file_size(file.path), 41'000'000'000u);
    const auto start = std::chrono::steady_clock::now();
    const auto source = open_weights(file.path.string());
    ASSERT_TRUE(source.ok()) << source.error().text();
    const auto stream =
        WeightStream::open(*source, "model.diffusion_model.transformer_blocks.", uint64_t{6} << 30);
    ASSERT_TRUE(stream.ok()) << stream.error().text();
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    EXPECT_EQ((*stream)->blocks(), 48);
    RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
    EXPECT_LT(seconds, 2);
}

TEST(MemorySize, IsReadAsPeopleWriteIt) {
    EXPECT_EQ(*parse_memory_size("8G"), uint64_t{8} << 30);
    EXPECT_EQ(*parse_memory_size("512M"), uint64_t{512} << 20);
    EXPECT_EQ(*parse_memory_size("1.5GiB"), uint64_t{3} << 29);
    EXPECT_EQ(*parse_memory_size("2gb"), uint64_t{2} << 30);
    EXPECT_EQ(*parse_memory_size("300000000"), 300000000u);
    for (const char* bad : {"", "G", "-1G", "0", "8X", "8 apples", "nan", "inf", "1e30G"}) {
        const auto parsed = parse_memory_size(bad);
        ASSERT_FALSE(parsed.ok()) << bad;
        EXPECT_EQ(parsed.error().kind, base::ErrorKind::Usage);
    }
}

}  // namespace
}  // namespace neural
