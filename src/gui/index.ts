/** @file Pictures and summaries. Mirrors pylearn2/gui. */
export { type GridOptions, imageGrid, patchesOf } from './grid';
export {
  getWeightsReport,
  type RescaleMode,
  rescaleModes,
  type WeightsModel,
  type WeightsReportOptions,
  type WeightsViewer,
} from './get_weights_report';
export { type Summary, summaryBundle } from './html';
export * as patch_viewer from './patch_viewer';
export { type PatchOptions, PatchViewer, type PatchViewerOptions } from './patch_viewer';
export { dataUrl } from './data_url';
export { Picture } from './pixels';
export { showPicture } from './show';
export { datasetBundle, modelBundle, type SummedUpDataset, type SummedUpModel } from './summaries';
export { tensorBundle } from './tensor_bundle';
