// The WebGL program that draws nodes as small signs of their type. Sigma comes with
// circles and points only; here one program draws all shapes, filled and outlined.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const vertexShader = `
attribute vec4 a_id;
attribute vec2 a_position;
attribute float a_size;
attribute vec4 a_color;
attribute vec4 a_fill;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_fill;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  float reach = a_size * u_correctionRatio / u_sizeRatio * 2.0 * 1.25;
  vec2 position = a_position + reach * a_corner;
  gl_Position = vec4((u_matrix * vec3(position, 1.0)).xy, 0.0, 1.0);
  v_at = a_corner * 1.25;
  v_pixel = u_sizeRatio / a_size;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_fill = a_id;
  #else
  v_color = a_color;
  v_fill = a_fill;
  #endif
  v_color.a *= bias;
  v_fill.a *= bias;
}`;

const fragmentShader = `
precision highp float;
varying vec4 v_color;
varying vec4 v_fill;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;
float rectangle(vec2 at, vec2 size, float corner) {
  vec2 d = abs(at) - size + corner;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - corner;
}
void main() {
  vec2 at = v_at;
  float d;
  if (v_shape < 0.5) d = length(at) - 1.0;
  else if (v_shape < 1.5) d = rectangle(at, vec2(0.95, 0.85), 0.35);
  else if (v_shape < 2.5) d = max(rectangle(at, vec2(0.85, 0.95), 0.0), (at.x + at.y - 1.25) * 0.7071);
  else if (v_shape < 3.5) d = max(rectangle(at, vec2(0.95), 0.0), (abs(at.x) + abs(at.y) - 1.4) * 0.7071);
  else d = rectangle(at, vec2(1.0, 0.75), 0.05);
  #ifdef PICKING_MODE
  if (d > 0.0) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.7 * v_pixel, border = 1.4 * v_pixel;
  float inside = 1.0 - smoothstep(-soft, soft, d);
  float line = smoothstep(-border - soft, -border + soft, d);
  gl_FragColor = mix(v_fill, v_color, line) * inside;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

export class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: vertexShader,
      FRAGMENT_SHADER_SOURCE: fragmentShader,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_fill", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
    };
  }

  processVisibleItem(id, start, data) {
    this.array.set([data.x, data.y, data.size, floatColor(data.color), floatColor(data.fill), data.shape, id], start);
  }

  setUniforms({ correctionRatio, sizeRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}
