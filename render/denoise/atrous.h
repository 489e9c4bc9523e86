// Edge-avoiding a-trous wavelet filter of noisy light (Dammertz et al. 2010), steered by normals,
// depth and the light's own variance (SVGF: Schied et al. 2017). Weights sum to one, so the mean of
// evenly noisy light is kept.
#pragma once

#include <cstdint>

#include "render/denoise/planes.h"

namespace render {

struct FilterGuides {
    Plane normal_x, normal_y, normal_z;
    Plane depth;  // m; margin and sky: -1e9, nothing mixes with it
    Plane slope;  // depth change per pixel that is no edge, m
    Plane reach;  // [0, 1] per pixel: how wide light may be spread
};

struct FilteredLight {
    Plane r, g, b;
    Plane variance;  // of the mean, of luminance
};

// One level of rows [y0, y1), columns [x0, x1): out = in filtered with 3x3 taps `step` apart.
// `strictness`: standard deviations of luminance that count as an edge; smaller keeps more.
void atrous_level(FilteredLight& out, const FilteredLight& in, const FilterGuides& guides, int x0,
                  int x1, int y0, int y1, int step, float strictness);

}  // namespace render
