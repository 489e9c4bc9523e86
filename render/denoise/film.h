// From samples to a clean picture in scene light: where to sample, what to keep from frames before,
// what to blur.
//
// Light (diffuse and specular apart) is averaged over time along exact motion vectors, then
// filtered in space where it is still noisy, then joined with albedo and glow and averaged once
// more as colour, which smooths edges (the samples are jittered). With a still camera nothing is
// clamped or reset except near things that move or whose shadows and reflections do; quiet pixels
// take turns, and those that have seen enough samples are left alone and cost nothing. With a
// moving camera quiet pixels take turns too: every one is looked at, every other one is lit.
// History is measured in samples.
#pragma once

#include <functional>
#include <vector>

#include "render/denoise/atrous.h"
#include "render/denoise/big_vector.h"
#include "render/integrate/tracer.h"

namespace render {

class Threads;

struct FilmPlan {
    int width_px = 0, height_px = 0;
    int samples = 2;          // per frame and pixel with history
    int fresh_samples = 6;    // for pixels without history
    int first_samples = 8;    // for all pixels of the first frame
    int enough_samples = 64;  // still pixels with so many rest
    float fog = 0;            // 1 = the sky's air; 0 = none
};

struct FilmFrame {
    CameraFrame now, before, close;
    bool first = false;        // no history
    const Sky* sky = nullptr;  // its air lies over the picture; may be null
    float exposure = 1;        // fixed scale for clamping colours
    uint32_t index = 0;
};

class Film {
public:
    explicit Film(const FilmPlan& plan);

    void draw(const FilmFrame& frame, const Tracer& tracer, const Threads& threads,
              const std::function<bool()>& cancelled);

    // Scene light of the finished frame, [height, width].
    const BigVector<Vec3f>& light() const { return colour_; }
    // For lens effects: per pixel, of the last frame.
    float depth_m(int x, int y) const { return guide_[at(x, y)].depth; }
    Vec2f sweep_px(int x, int y) const { return guide_[at(x, y)].sweep; }
    int width() const { return plan_.width_px; }
    int height() const { return plan_.height_px; }
    // Share of pixels sampled in the last frame; for tests and the speed log.
    double sampled_share() const;

private:
    struct Guide {
        Vec3f normal;
        float depth = 0;
        float distance = 0;
        float roughness = 1;
        Vec2f before, sweep;
        int id = -1;
        bool plate = false;
    };
    struct Light {
        Vec3f diffuse, specular;
        float square_d = 0, square_s = 0;  // mean squared luminance
        float count = 0;                   // samples behind it
    };
    struct Base {
        Vec3f emitted, albedo;
    };
    struct Past {  // a reprojected history
        Light light;
        bool found = false;
    };

    size_t at(int x, int y) const {
        return static_cast<size_t>(y) * static_cast<size_t>(plan_.width_px) +
               static_cast<size_t>(x);
    }
    // Something moved there within the last three frames: poses that are held for two frames (drawn
    // and stop-motion films) must not let the tile fall asleep in between.
    bool restless(size_t tile) const { return moving_[tile] != 0 || rest_[tile] <= 2; }
    // The same for a plate, whose light is exactly 1 where nothing is: half a second, so that no
    // trace of a shadow stays behind.
    bool plate_restless(size_t tile) const { return moving_[tile] != 0 || rest_[tile] <= 14; }
    Past past_of(const Guide& guide) const;
    void find_motion(const FilmFrame& frame, const Tracer& tracer, const Threads& threads);
    void sample_tile(int tile, const FilmFrame& frame, const Tracer& tracer);
    void merge_tile(int tile, const FilmFrame& frame);
    void filter(const Threads& threads);
    // It and all its neighbours show a plate, which has no edges to smooth and no noise of its own.
    bool plate_around(int x, int y) const;
    void compose_tile(int tile, const FilmFrame& frame);
    void resolve_tile(int tile, const FilmFrame& frame);

    static constexpr int kTile = 16;
    FilmPlan plan_;
    int tiles_x_, tiles_y_;
    bool still_ = false;  // the camera did not move since the frame before
    std::vector<uint8_t> moving_, moved_, work_, filtered_;  // per tile; moved_: the frame before
    std::vector<int> rest_;                                  // per tile: frames since it last moved
    BigVector<Guide> guide_, guide_before_;
    BigVector<Light> fresh_;  // of this frame; count 0 = not looked at, < 0 = only glanced at
    BigVector<Light> light_, light_before_;
    BigVector<Base> base_;
    BigVector<Vec3f> composed_;
    BigVector<Vec3f> colour_, colour_before_;
    BigVector<float> age_, age_before_;  // frames in colour_
    FilterGuides guides_;
    FilteredLight diffuse_[2], specular_[2];
};

}  // namespace render
