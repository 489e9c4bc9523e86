#include "studio/worker/traits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "base/math/colour.h"
#include "media/still.h"
#include "script/words/material.h"

namespace studio {
namespace {

using base::Json;
using base::Vec3f;

constexpr int kWidth_px = 96;          // pictures are looked at this small
constexpr float kDiffers = 22;         // from the edge's colours, in Lab units
constexpr float kSame = 12;            // colours nearer than this are one
constexpr double kLeastFigure = 0.02;  // of the picture

struct Pixel {
    Vec3f lab;
    float x = 0, y = 0;  // [0, 1] of the picture
    bool skin = false;
    double aspect = 1;  // of its picture
};

// CIE 1976 L*a*b*, white D65.
Vec3f lab_of(const uint8_t* rgb) {
    const float r = base::srgb_to_linear(rgb[0] / 255.f), g = base::srgb_to_linear(rgb[1] / 255.f),
                b = base::srgb_to_linear(rgb[2] / 255.f);
    const auto f = [](float t) { return t > 0.008856f ? std::cbrt(t) : 7.787f * t + 16.f / 116.f; };
    const float x = f((0.4124f * r + 0.3576f * g + 0.1805f * b) / 0.9505f),
                y = f(0.2126f * r + 0.7152f * g + 0.0722f * b),
                z = f((0.0193f * r + 0.1192f * g + 0.9505f * b) / 1.089f);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

std::array<int, 3> rgb_of(Vec3f lab) {
    const float y = (lab.x + 16) / 116, x = y + lab.y / 500, z = y - lab.z / 200;
    const auto inverse = [](float t) {
        return t > 0.2069f ? t * t * t : (t - 16.f / 116.f) / 7.787f;
    };
    const float cx = 0.9505f * inverse(x), cy = inverse(y), cz = 1.089f * inverse(z);
    const Vec3f linear{3.2406f * cx - 1.5372f * cy - 0.4986f * cz,
                       -0.9689f * cx + 1.8758f * cy + 0.0415f * cz,
                       0.0557f * cx - 0.2040f * cy + 1.0570f * cz};
    std::array<int, 3> out;
    for (int k = 0; k < 3; ++k) {
        out[static_cast<size_t>(k)] = static_cast<int>(
            std::lround(255 * base::linear_to_srgb(std::clamp(linear[k], 0.f, 1.f))));
    }
    return out;
}

std::string hex_of(Vec3f lab) {
    const auto rgb = rgb_of(lab);
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    return text;
}

bool is_skin(const uint8_t* rgb) {
    const double r = rgb[0], g = rgb[1], b = rgb[2];
    const double cb = 128 - 0.168736 * r - 0.331264 * g + 0.5 * b,
                 cr = 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
    return cb >= 77 && cb <= 127 && cr >= 133 && cr <= 173 && r > 60;
}

struct Cluster {
    Vec3f mean;
    size_t count = 0;
};

// Lloyd's k-means from starts that are as far apart as can be, so the result hangs on no chance.
std::vector<Cluster> cluster(const std::vector<Vec3f>& points, size_t k) {
    std::vector<Cluster> clusters;
    if (points.empty()) return clusters;
    Vec3f sum{};
    for (const Vec3f& p : points) sum += p;
    const Vec3f mean = sum / static_cast<float>(points.size());
    std::vector<float> nearest(points.size(), std::numeric_limits<float>::max());
    Vec3f next = *std::min_element(points.begin(), points.end(), [&](Vec3f a, Vec3f b) {
        return base::length(a - mean) < base::length(b - mean);
    });
    while (clusters.size() < k) {
        clusters.push_back({next, 0});
        size_t far = 0;
        for (size_t i = 0; i < points.size(); ++i) {
            nearest[i] = std::min(nearest[i], base::length(points[i] - next));
            if (nearest[i] > nearest[far]) far = i;
        }
        next = points[far];
    }
    for (int round = 0; round < 12; ++round) {
        std::vector<Cluster> sums(clusters.size());
        for (const Vec3f& p : points) {
            size_t best = 0;
            for (size_t i = 1; i < clusters.size(); ++i) {
                if (base::length(p - clusters[i].mean) < base::length(p - clusters[best].mean))
                    best = i;
            }
            sums[best].mean += p;
            ++sums[best].count;
        }
        for (size_t i = 0; i < clusters.size(); ++i) {
            clusters[i].count = sums[i].count;
            if (sums[i].count > 0)
                clusters[i].mean = sums[i].mean / static_cast<float>(sums[i].count);
        }
    }
    std::sort(clusters.begin(), clusters.end(),
              [](const Cluster& a, const Cluster& b) { return a.count > b.count; });
    std::vector<Cluster> merged;
    for (const Cluster& c : clusters) {
        if (c.count == 0) continue;
        const auto same = std::find_if(merged.begin(), merged.end(), [&](const Cluster& m) {
            return base::length(m.mean - c.mean) < kSame;
        });
        if (same == merged.end()) merged.push_back(c);
        else same->count += c.count;
    }
    return merged;
}

float distance(Vec3f lab, const std::vector<Cluster>& clusters) {
    float least = std::numeric_limits<float>::max();
    for (const Cluster& c : clusters) least = std::min(least, base::length(lab - c.mean));
    return least;
}

// The pixels of one picture that stand out from its edge.
void add_figure(const base::Image8& picture, std::vector<Pixel>& figure, size_t& seen) {
    const int width = std::min(kWidth_px, picture.width_px);
    const int height =
        std::max(1, static_cast<int>(std::lround(static_cast<double>(picture.height_px) * width /
                                                 picture.width_px)));
    const base::Image8 small = media::resize(picture, width, height);
    std::vector<Vec3f> edge;
    const auto at_edge = [&](int x, int y) {
        return x < width / 12 || x >= width - width / 12 || y < height / 12;
    };
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (at_edge(x, y)) edge.push_back(lab_of(small.at(x, y)));
        }
    }
    const std::vector<Cluster> background = cluster(edge, 4);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            ++seen;
            const Vec3f lab = lab_of(small.at(x, y));
            if (at_edge(x, y) || distance(lab, background) < kDiffers) continue;
            figure.push_back({lab, static_cast<float>(x) / static_cast<float>(width),
                              static_cast<float>(y) / static_cast<float>(height),
                              is_skin(small.at(x, y)), static_cast<double>(width) / height});
        }
    }
}

void add_middle(const base::Image8& picture, std::vector<Pixel>& figure) {
    const base::Image8 small = media::resize(picture, 48, 48);
    for (int y = 10; y < 38; ++y) {
        for (int x = 14; x < 34; ++x) {
            figure.push_back({lab_of(small.at(x, y)), static_cast<float>(x) / 48.f,
                              static_cast<float>(y) / 48.f, is_skin(small.at(x, y)),
                              static_cast<double>(picture.width_px) / picture.height_px});
        }
    }
}

// Between the 3rd and the 97th of a hundred: a few stray pixels make no box.
std::pair<float, float> spread(std::vector<float> values) {
    std::sort(values.begin(), values.end());
    const size_t cut = values.size() * 3 / 100;
    return {values[cut], values[values.size() - 1 - cut]};
}

std::string worn(const std::vector<Pixel>& figure, float from, float to) {
    std::vector<Vec3f> points;
    for (const Pixel& p : figure) {
        if (p.y >= from && p.y <= to && !p.skin) points.push_back(p.lab);
    }
    const auto clusters = cluster(points, 3);
    return clusters.empty() ? "" : hex_of(clusters.front().mean);
}

double number_of(const Json& json, const char* name, double low, double high, double otherwise) {
    if (!json.contains(name) || !json.at(name).is_number()) return otherwise;
    return std::clamp(json.at(name).get<double>(), low, high);
}

std::string hex_from(const Json& json, const char* name) {
    if (!json.contains(name) || !json.at(name).is_string()) return "";
    const std::string text = json.at(name).get<std::string>();
    return script::colour_rgb(text) ? text : "";
}

}  // namespace

Traits traits_of(const std::vector<base::Image8>& pictures) {
    Traits traits;
    std::vector<Pixel> figure;
    size_t seen = 0;
    for (const base::Image8& picture : pictures) add_figure(picture, figure, seen);
    const double covered =
        seen > 0 ? static_cast<double>(figure.size()) / static_cast<double>(seen) : 0;
    const bool found = covered >= kLeastFigure;
    if (!found) {
        figure.clear();
        for (const base::Image8& picture : pictures) add_middle(picture, figure);
    }
    if (figure.empty()) return traits;

    std::vector<float> xs, ys;
    std::vector<Vec3f> labs;
    for (const Pixel& p : figure) {
        xs.push_back(p.x);
        ys.push_back(p.y);
        labs.push_back(p.lab);
    }
    const auto [left, right] = spread(xs);
    const auto [top, bottom] = spread(ys);
    const double width = std::max(0.01f, right - left), height = std::max(0.01f, bottom - top);
    traits.height_to_width = height / (width * figure.front().aspect);
    traits.fill = std::clamp(covered / (width * height), 0.0, 1.0);
    for (const Cluster& c : cluster(labs, 5)) {
        if (traits.colours.size() == 4) break;
        traits.colours.push_back(
            {hex_of(c.mean), static_cast<double>(c.count) / static_cast<double>(figure.size())});
    }
    const auto row = [&, top = top](double share) {
        return static_cast<float>(top + share * height);
    };
    size_t upper = 0, skin = 0;
    for (const Pixel& p : figure) {
        if (p.y > row(0.4)) continue;
        ++upper;
        skin += p.skin;
    }
    const double skin_share =
        upper > 0 ? static_cast<double>(skin) / static_cast<double>(upper) : 0;
    const bool upright = traits.height_to_width > 1.4;
    traits.person_like = found && upright && skin_share > 0.06 && skin_share < 0.9;
    traits.confidence = !found ? 0.1 : traits.person_like ? 0.55 : upright ? 0.4 : 0.6;
    traits.upper_hex = worn(figure, row(0.2), row(0.5));
    traits.lower_hex = worn(figure, row(0.55), row(0.9));
    return traits;
}

Json traits_json(const Traits& traits) {
    const auto rounded = [](double x) { return std::round(x * 1000) / 1000; };
    Json colours = Json::array();
    for (const TraitColour& c : traits.colours)
        colours.push_back({{"colour", c.hex}, {"share", rounded(c.share)}});
    return {{"schema", "aozora-traits/1"},
            {"silhouette", traits.person_like ? "person" : "object"},
            {"confidence", rounded(traits.confidence)},
            {"height_to_width", rounded(traits.height_to_width)},
            {"fill", rounded(traits.fill)},
            {"colours", colours},
            {"upper", traits.upper_hex},
            {"lower", traits.lower_hex}};
}

Traits traits_from(const Json& json) {
    Traits traits;
    if (!json.is_object()) return traits;
    traits.person_like = json.contains("silhouette") && json.at("silhouette") == "person";
    traits.confidence = number_of(json, "confidence", 0, 1, 0);
    traits.height_to_width = number_of(json, "height_to_width", 0.05, 20, 1);
    traits.fill = number_of(json, "fill", 0, 1, 1);
    traits.upper_hex = hex_from(json, "upper");
    traits.lower_hex = hex_from(json, "lower");
    if (!json.contains("colours") || !json.at("colours").is_array()) return traits;
    for (const Json& one : json.at("colours")) {
        if (!one.is_object() || traits.colours.size() == 4) break;
        const std::string hex = hex_from(one, "colour");
        if (!hex.empty()) traits.colours.push_back({hex, number_of(one, "share", 0, 1, 0)});
    }
    return traits;
}

std::string colour_word(const std::string& hex) {
    const auto wanted = script::colour_rgb(hex);
    if (!wanted) return "";
    const auto lab = [](script::Rgb rgb) {
        const uint8_t bytes[3] = {static_cast<uint8_t>(rgb.red), static_cast<uint8_t>(rgb.green),
                                  static_cast<uint8_t>(rgb.blue)};
        return lab_of(bytes);
    };
    std::string best;
    float least = std::numeric_limits<float>::max();
    for (const auto& [word, value] : script::all_colour_words()) {
        const auto rgb = script::colour_rgb(value);
        if (!rgb || word.find(' ') != std::string::npos) continue;
        const float d = base::length(lab(*rgb) - lab(*wanted));
        if (d < least) {
            least = d;
            best = word;
        }
    }
    return best;
}

}  // namespace studio
