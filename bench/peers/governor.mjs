// The contract that the chains run: OpenZeppelin's Governor with a vote token, compiled by solc, and one open proposal with its voters.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { AbiCoder, Interface, Wallet, id as keccakOfText, keccak256, toBeHex } from 'ethers';

const require = createRequire(import.meta.url);

const source = `
pragma solidity ^0.8.24;
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

contract Seat is ERC20, ERC20Permit, ERC20Votes {
  constructor() ERC20("Seat", "SEAT") ERC20Permit("Seat") {}
  function enrol(address[] calldata people) external {
    for (uint256 i = 0; i < people.length; i++) { _mint(people[i], 1); _delegate(people[i], people[i]); }
  }
  function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) { super._update(from, to, value); }
  function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) { return super.nonces(owner); }
}

contract House is Governor, GovernorSettings, GovernorCountingSimple, GovernorVotes, GovernorVotesQuorumFraction {
  constructor(IVotes token) Governor("House") GovernorSettings(1, 1000000, 0) GovernorVotes(token) GovernorVotesQuorumFraction(33) {}
  function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) { return super.proposalThreshold(); }
  function votingDelay() public view override(Governor, GovernorSettings) returns (uint256) { return super.votingDelay(); }
  function votingPeriod() public view override(Governor, GovernorSettings) returns (uint256) { return super.votingPeriod(); }
  function quorum(uint256 at) public view override(Governor, GovernorVotesQuorumFraction) returns (uint256) { return super.quorum(at); }
}
`;

/** The two contracts as bytes and interfaces. */
export function compileGovernor() {
  const solc = require('solc');
  const input = {
    language: 'Solidity',
    sources: { 'House.sol': { content: source } },
    settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'cancun', outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } } },
  };
  const find = (path) => ({ contents: readFileSync(require.resolve(path), 'utf8') });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
  const faults = (output.errors ?? []).filter((one) => one.severity === 'error');
  if (faults.length > 0) throw new Error(faults.map((one) => one.formattedMessage).join('\n'));
  const made = (name) => {
    const { abi, evm } = output.contracts['House.sol'][name];
    return { code: `0x${evm.bytecode.object}`, face: new Interface(abi) };
  };
  return { seat: made('Seat'), house: made('House') };
}

/** Keys of the voters, the same ones in every run. */
export function voterKeys(count) {
  return Array.from({ length: count }, (_, index) => new Wallet(keccakOfText(`voter ${index}`)));
}

/** What is sent to found the house at two given addresses: deployments, enrolments in hundreds, the proposal. */
export function founding({ seat, house }, seatAddress, voters) {
  const enrolments = [];
  for (let from = 0; from < voters.length; from += 100) {
    enrolments.push(seat.face.encodeFunctionData('enrol', [voters.slice(from, from + 100).map((voter) => voter.address)]));
  }
  const proposal = [[seatAddress], [0], [seat.face.encodeFunctionData('enrol', [[]])], 'Mend the roof'];
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ['address[]', 'uint256[]', 'bytes[]', 'bytes32'],
    [proposal[0], proposal[1], proposal[2], keccakOfText(proposal[3])],
  );
  return {
    deploySeat: seat.code,
    deployHouse: house.code + AbiCoder.defaultAbiCoder().encode(['address'], [seatAddress]).slice(2),
    enrolments,
    propose: house.face.encodeFunctionData('propose', proposal),
    ballot: house.face.encodeFunctionData('castVote', [BigInt(keccak256(encoded)), 1]),
    counted: (data) => house.face.decodeFunctionResult('proposalVotes', data).forVotes,
    askCount: house.face.encodeFunctionData('proposalVotes', [BigInt(keccak256(encoded))]),
  };
}

/** A signed ballot as raw bytes in hexadecimal. */
export function signedBallot(voter, transaction) {
  return voter.signTransaction({ type: 0, nonce: 0, gasPrice: 10_000_000_000n, gasLimit: 200_000n, value: 0n, chainId: 31_337n, ...transaction });
}

export const hexOf = (value) => toBeHex(value);
