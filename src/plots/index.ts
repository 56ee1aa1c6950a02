/** @file Charts: Vega-Lite specifications of plain records, live and as still pictures. */
export { Chart, type ChartParts, VEGA_LITE } from './chart';
export { confusionChart, confusionSpec, type ConfusionTable } from './confusion';
export { type CurvesLook, curvesSpec, type Panel, type Series } from './curves';
export {
  type ChannelGroup,
  type ChannelName,
  datasetNames,
  groupChannels,
  headlines,
  selectGroups,
} from './groups';
export { type Histogram, histogramOf } from './histogram';
export { type ImageCell, imagesChart, type ImagesLook, imagesSpec } from './images';
export { curvesChart, learningCurves, type LearningCurvesOptions } from './learning_curves';
export { normCurves, type NormCurvesOptions } from './norms';
export { NEUTRAL } from './palette';
export { type PatchCell, type PatchPicture, patchesSpec } from './patches';
export { downsample, MAX_POINTS, type Point, pointsOf, smooth } from './points';
export { type ChannelRecords, type XAxis, xAxes, xRecord } from './records';
export { type Ridge, type RidgePanel, ridgesChart, type RidgesLook, ridgesSpec } from './ridges';
export { type Recorded, type Run } from './runs';
export { compile, renderSvg, type Spec } from './render';
export { lastValues, shortNumber, textTable } from './table';
