// Small made-up films and folders for this room's tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "base/signal/source.h"

namespace media::testing {

// A folder that vanishes with the test.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "aozora-XXXXXX").string();
        EXPECT_NE(mkdtemp(name.data()), nullptr);
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    int entries() const {
        return static_cast<int>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

private:
    std::string path_;
};

// A soft gradient that drifts, with a bright square that moves.
class Pictures final : public base::FrameSource {
public:
    Pictures(int width, int height, double fps, int64_t count)
        : width_(width), height_(height), fps_(fps), count_(count) {}
    int width_px() const override { return width_; }
    int height_px() const override { return height_; }
    double fps() const override { return fps_; }
    int64_t frame_count() const override { return count_; }
    base::Result<std::optional<base::Frame>> next() override {
        if (next_ == fail_at) return base::failed("the painter fell ill");
        if (next_ >= count_) return std::optional<base::Frame>();
        base::Frame frame{next_, picture(next_)};
        ++next_;
        return std::optional<base::Frame>(std::move(frame));
    }
    base::Image8 picture(int64_t index) const {
        base::Image8 image(width_, height_, 3);
        const int t = static_cast<int>(index);
        for (int y = 0; y < height_; ++y) {
            for (int x = 0; x < width_; ++x) {
                uint8_t* p = image.at(x, y);
                p[0] = static_cast<uint8_t>(40 + 150 * x / width_);
                p[1] = static_cast<uint8_t>(60 + 120 * y / height_);
                p[2] = static_cast<uint8_t>(90 + (2 * t) % 60);
                const int dx = x - (8 + 3 * t) % width_, dy = y - height_ / 2;
                if (dx >= 0 && dx < 8 && dy >= 0 && dy < 8) p[0] = p[1] = p[2] = 235;
            }
        }
        return image;
    }
    int64_t fail_at = -1;

private:
    int width_, height_;
    double fps_;
    int64_t count_, next_ = 0;
};

// Left and right as functions of the sample's number.
class Sound final : public base::AudioSource {
public:
    using Wave = std::function<float(int64_t sample, int channel)>;
    Sound(int64_t count, Wave wave, int64_t block = 1000)
        : count_(count), block_(block), wave_(std::move(wave)) {}
    int64_t sample_count() const override { return count_; }
    base::Result<std::optional<base::AudioBlock>> next() override {
        if (next_ >= count_) return std::optional<base::AudioBlock>();
        base::AudioBlock block;
        block.first_sample = next_;
        for (; next_ < std::min(count_, block.first_sample + block_); ++next_) {
            for (int c = 0; c < 2; ++c) block.samples.push_back(wave_(next_, c));
        }
        return std::optional<base::AudioBlock>(std::move(block));
    }

private:
    int64_t count_, block_, next_ = 0;
    Wave wave_;
};

inline Sound::Wave tone(double hz, float level = 0.3f) {
    return [=](int64_t n, int) {
        return level * static_cast<float>(std::sin(2 * 3.14159265358979 * hz * n / 48000.0));
    };
}

}  // namespace media::testing
