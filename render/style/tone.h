// From scene light to the picture's bytes: white balance, exposure, film curve, sRGB.
//
// The curve is Naka and Rushton's response x^n / (x^n + s^n) (1966) through middle grey with unit
// value at 16 (4 stops above a white wall); it is applied to the channels and, for hue, to the
// largest channel, and both are mixed: strong reds stay red and only then bleach.
#pragma once

#include "render/render.h"
#include "render/scene/placement.h"
#include "render/style/float_table.h"

namespace render {

struct Grade {
    Vec3f white{1, 1, 1};  // light that should look neutral
    float exposure = 1;    // scene luminance -> 0.18 for middle grey
    float saturation = 1;
    float contrast = 1.22f;  // n of the curve
    bool grey = false;       // noir
    float vignette = 0.12f;  // share lost in the corners
    float grain = 0;         // standard deviation in mid greys, of full scale
};

Grade grade_for(Style style);

// [0, inf) -> [0, 1], monotone; 0.18 -> 0.18.
float film_curve(float x, float contrast);

// A grade made ready for a picture: its curves as tables. Const after making; any thread.
class Developer {
public:
    explicit Developer(const Grade& grade);
    // Display-linear colour in [0, 1].
    Vec3f operator()(Vec3f light) const;
    // The same as sRGB, [0, 255], not rounded.
    Vec3f bytes(Vec3f light) const;

private:
    Grade grade_;
    FloatTable curve_, srgb_;
};

}  // namespace render
